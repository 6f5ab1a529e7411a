import {answerTable} from '../domain/answers/answer-table.js';
import {fixable, type Problem} from '../domain/problem.js';
import {regionFault} from '../domain/region.js';
import {diagnoseStep} from '../domain/answers/command-line.js';
import {parseUntil, untilProblem} from '../domain/watch/until-condition.js';
import {uploadPace} from '../domain/watch/upload-pace.js';
import type {FoundReplication} from '../engine/watch/find-replication.js';
import type {ExitCode} from '../command-line/exit-code.js';
import {type ArgumentsOf, optionTable} from '../command-line/options.js';
import {replicatedIn} from '../session/watch/watch-view.js';
import type {Session} from '../session/session.js';
import {answersOf} from './answers-of.js';
import {canDraw, type Host} from './host/host.js';
import {refuse, runLines, timeoutMsOf, usageProblem} from './run-lines.js';
import {endOfReasons, setUpReasons} from './reasons.js';
import {screenOptions} from './host/screen-options.js';
import {missingBucket} from '../domain/bucket-problems.js';

/** `s3-replicate watch`: uploads test files to a bucket that is replicated already, or follows what others write to it. */
export async function watchCommand(host: Host, given: ArgumentsOf<'watch'>): Promise<ExitCode> {
	const answers = {...answersOf(given), environment: 'aws' as const};
	const {sourceBucket, ruleId: wantedRuleId} = answers;
	const destinationProfiles = given.destinationProfile ?? [];
	const faults = watchFaults(given);
	if (faults.length > 0) return refuse(host, usageProblem(faults), given);
	if (sourceBucket === undefined) return refuse(host, missingBucket('Name the bucket to upload to.'), given);

	let isDrawn = false;
	return runLines(host, {command: 'watch', given, answers, isDrawn: () => isDrawn}, async (session) => {
		const findReplication = async () =>
			session.findReplication(sourceBucket, answers, destinationProfiles, {
				wantedRuleId,
				hasToBeEnabled: true,
			});
		const found = await findReplication();
		const reasons = given.reasons
			? await setUpReasons(host, session, found, {...given, followsOthers: followedOf(given) !== undefined})
			: undefined;
		if (reasons && 'problem' in reasons) return endOfReasons(session, found, given, reasons.problem);
		isDrawn = canDraw(host, given) && !given.json;
		// A condition is judged as soon as that can be done; else who looks at failed files is not sent away from them.
		const staysForFailed = isDrawn && given.until === undefined;
		const target = {...watchTargetOf(given), staysOpen: false, staysForFailed};
		const follow = async (): Promise<void> => {
			await session.watch({...found, ...target, ...reasons});
			for (;;) {
				const end = await endOfMend(session);
				if (!end) return;
				const again = end === 'applied' ? await findReplication() : undefined;
				await session.watchAgain(again);
			}
		};
		let removes = false;
		try {
			if (isDrawn) removes = (await drawn(host, given, session, follow)).removesFiles;
			else await follow();
		} finally {
			isDrawn = false;
		}

		const problem = await endOf(session, found, {...given, cleanUp: given.cleanUp || removes});
		return endOfReasons(session, found, given, problem);
	});
}

/** Waits for the end of a mend that interrupts the watch: it is applied, or left and the watch goes on. Nothing where the watch is over. */
async function endOfMend(session: Session): Promise<'applied' | 'left' | undefined> {
	const isOver = (): boolean => {
		const {mending, interrupts, phase} = session.getState();
		return mending === undefined || (interrupts > 0 && phase !== 'applying');
	};
	if (session.getState().mending === undefined) return undefined;
	await new Promise<void>((resolve) => {
		const end = session.subscribe(() => {
			if (!isOver()) return;
			end();
			resolve();
		});
	});
	const {interrupts, phase} = session.getState();
	if (interrupts > 0) return undefined;
	return phase === 'applied' ? 'applied' : 'left';
}

/** Follows a watch on a screen, as long as it goes on. */
async function drawn(
	host: Host,
	given: ArgumentsOf<'watch'>,
	session: Session,
	follow: () => Promise<void>,
): Promise<{readonly removesFiles: boolean}> {
	const options = {...screenOptions(host, given), asksForFiles: !given.cleanUp};
	const {runWatch} = await import('../ui/app/run-watch.js');
	return runWatch(session, follow, options);
}

/** Options of `watch` that say no or nothing together. */
function watchFaults(given: ArgumentsOf<'watch'>): readonly string[] {
	const faults: string[] = [];
	const {until, sourceBucket: bucket, sourceRegion: region} = given;
	const follow = followedOf(given);
	const follower = given.follow === undefined ? '--files 0' : '--follow';
	// Old buckets of us-east-1 have longer names, with capitals and underscores. Source: S3 User Guide, "General purpose bucket naming rules".
	if (bucket !== undefined && !/^[\w.-]{3,255}$/.test(bucket))
		faults.push(`--source-bucket is the name of a bucket, which “${bucket}” cannot be.`);
	const regionIs = region === undefined ? undefined : regionFault(region);
	if (regionIs !== undefined) faults.push(`--source-region cannot be used. ${regionIs}`);

	const {reportFile} = given;
	if (reportFile !== undefined && /(^|[/\\])(\.{0,2}|\.(md|json|csv))$/i.test(reportFile))
		faults.push(`--report-file is the name of a file; “${reportFile}” is none.`);

	if (!given.reasons) {
		for (const name of ['keepReasons', 'reasonsWait', 'yes'] as const) {
			if (given[name] === undefined) continue;
			faults.push(`--${optionTable[name].flag} is about what --reasons sets up, which was not given.`);
		}
	}

	if (follow !== undefined) {
		for (const name of ['testFileCount', 'testFileSizeBytes', 'rate', 'cleanUp'] as const) {
			if (given[name] === undefined || (name === 'testFileCount' && given[name] === 0)) continue;
			faults.push(`--${optionTable[name].flag} is for uploads, and ${follower} uploads nothing.`);
		}
	}

	if (until !== undefined && !parseUntil(until)) {
		faults.push(`--until is p50, p95, p99 or max with a time (p95<30s), or failed<1; not “${until}”.`);
	}

	return faults;
}

/** What others' keys begin with whose files are followed; nothing where files are uploaded. Whoever uploads none follows all that others write. */
function followedOf({follow, testFileCount}: ArgumentsOf<'watch'>): string | undefined {
	return follow ?? (testFileCount === 0 ? '' : undefined);
}

/** What shall be uploaded or followed, and how quickly. */
function watchTargetOf(given: ArgumentsOf<'watch'>) {
	const {duration: durationSeconds} = given;
	const followPrefix = followedOf(given);
	const fileSizeBytes = given.testFileSizeBytes ?? answerTable.testFileSizeBytes.defaultOf();
	if (followPrefix !== undefined) {
		const followMs = durationSeconds === undefined ? timeoutMsOf(given, false) : durationSeconds * 1000;
		return {followsOthers: true, followPrefix, followMs, fileCount: 0, fileSizeBytes};
	}

	const byDefault = answerTable.testFileCount.defaultOf();
	const pace = uploadPace(given.testFileCount, given.rate, durationSeconds, byDefault);
	return {...pace, followsOthers: false, fileSizeBytes};
}

/** Removes the test files where that is asked for, and judges the run by its condition where there is one. */
async function endOf(
	session: Session,
	found: FoundReplication,
	given: ArgumentsOf<'watch'>,
): Promise<Problem | null | undefined> {
	const unwritten = given.reportFile === undefined ? undefined : await reportProblem(session);
	const {interrupts, watchProblem, run} = session.getState();
	if (interrupts > 0) return undefined;
	const left = given.cleanUp ? await removeFiles(session, found) : undefined;
	const failed = left ?? watchProblem ?? unwritten;
	const condition = given.until === undefined ? undefined : parseUntil(given.until);
	if (failed || !condition) return failed;
	const {watchView} = session;
	const objects = watchView.objectCounts(followedOf(given) !== undefined);
	return (
		untilProblem(
			condition,
			watchView.delays,
			objects,
			missingArrivals(watchView),
			watchView.ends ? diagnoseStep(replicatedIn(watchView.ends), run.endpointUrl) : '',
		) ?? null
	);
}

/** Writes the report that was asked for. Gives the problem of one that cannot be written. */
async function reportProblem(session: Session): Promise<Problem | undefined> {
	const result = await session.writeReport();
	return result.ok ? undefined : result.problem;
}

/** How many arrivals did not come. What only the source's word tells is told once, however many destinations nobody sees. */
function missingArrivals({destinations}: Session['watchView']): number {
	const missing = destinations().map(({isObserved, failed, pending}) => ({
		isObserved,
		count: failed + pending,
	}));
	const seen = missing.filter(({isObserved}) => isObserved).reduce((sum, {count}) => sum + count, 0);
	return seen + Math.max(0, ...missing.filter(({isObserved}) => !isObserved).map(({count}) => count));
}

/** Removes the test files wherever they are. Gives the problem of what stays. */
async function removeFiles(session: Session, found: FoundReplication): Promise<Problem | undefined> {
	await session.cleanUp(found);
	const failed = session.getState().run.operations.find(({state}) => state === 'failed');
	if (failed?.problem) return failed.problem;
	const outOfSight = found.destinations.filter(({watched}) => !watched).map(({bucket}) => bucket);
	const {testFileFolder = ''} = session.getState();
	return outOfSight.length === 0 ? undefined : replicasStay(outOfSight, testFileFolder);
}

function replicasStay(buckets: readonly string[], folder: string): Problem {
	return fixable(
		'replicas-out-of-sight',
		`Cannot remove replicas in ${buckets.join(', ')}: no profile sees them`,
		`Everything else below ${folder} is removed. A delete that names a version is never replicated.`,
		[
			'Give a profile of each account next time: --destination-profile NAME, as often as there are accounts.',
			`Remove what is below ${folder} there with a profile of that account.`,
		],
	);
}
