import {isWrong} from '../domain/diagnose/finding.js';
import {isOfS3} from '../domain/diagnose/reason-codes.js';
import {fixable, joined, type Problem} from '../domain/problem.js';
import type {ExitCode} from '../command-line/exit-code.js';
import type {ArgumentsOf} from '../command-line/options.js';
import type {Session} from '../session/session.js';
import type {DiagnosedRule} from '../session/state/diagnosed-rule.js';
import {answersOf} from './answers-of.js';
import {diagnoseReceipt} from './diagnose-receipt.js';
import {arrivesDuring} from './arrives-during.js';
import {applyAndWatch} from './apply-and-watch.js';
import {whenAgreed} from './ask/confirm.js';
import type {Host} from './host/host.js';
import {probeRules} from './probe-rules.js';
import {refuse, runLines, usageProblem} from './run-lines.js';
import {missingBucket} from '../domain/bucket-problems.js';

/** `s3-replicate diagnose`: finds why a bucket, or one object, is not replicated; mends it where that is asked for. */
export async function diagnoseCommand(host: Host, given: ArgumentsOf<'diagnose'>): Promise<ExitCode> {
	if (given.receipt !== undefined) return diagnoseReceipt(host, given, given.receipt);
	const answers = {...answersOf(given), environment: 'aws' as const};
	const {sourceBucket} = answers;
	const faults = diagnoseFaults(given);
	if (faults.length > 0) return refuse(host, usageProblem(faults, 'diagnose'), given);
	if (sourceBucket === undefined) return refuse(host, missingBucket('Name the bucket to diagnose.'), given);
	return runLines(host, {command: 'diagnose', given, answers, showsDocuments: true}, async (session) => {
		const {key, versionId, destinationProfile: destinationProfiles = []} = given;
		const request = {sourceBucket, answers, destinationProfiles, key, versionId};
		const found = await session.diagnose(request);
		const mends = found.flatMap(({mend}) => mend ?? []);
		if (given.fix && mends.length > 0) return fix(host, session, given, mends);
		if (given.probe) {
			const problem = await probeRules(host, session, request, found, given);
			return problem ?? causesProblem(found);
		}

		return causesProblem(found) ?? null;
	});
}

/**
 * Applies the plan of each rule after a yes, then sends it a test file: only its arrival says that the rule works. Ends with the first
 * rule whose file does not arrive.
 */
async function fix(
	host: Host,
	session: Session,
	given: ArgumentsOf<'diagnose'>,
	mends: ReadonlyArray<NonNullable<DiagnosedRule['mend']>>,
): Promise<Problem | undefined> {
	for (const {answers} of mends) {
		const result = await session.makePlan(answers);
		if (!result.ok) return joined(result.problems);
		const {result: failed, hasArrived} = await arrivesDuring(session, async () =>
			whenAgreed(host, session, {
				isAgreed: Boolean(given.yes),
				write: async () => applyAndWatch(session, {testFileCount: 1, testFileSizeBytes: undefined}),
			}),
		);
		if (failed) return failed;
		if (!hasArrived) return undefined;
	}

	return undefined;
}

/** Something that is wrong makes the command fail; what is only possible does not. */
function causesProblem(found: readonly DiagnosedRule[]): Problem | undefined {
	const wrong = found.filter(({findings}) => findings.some(isWrong));
	const [first] = wrong.flatMap(({findings}) => findings.filter(isWrong));
	if (!first) return undefined;
	const count = wrong.flatMap(({findings}) => findings.filter(isWrong)).length;
	const canFix = wrong.some(({mend}) => mend !== undefined);
	return fixable(
		'causes-found',
		`Found ${count} ${count === 1 ? 'cause' : 'causes'} of failing replication`,
		`The first that S3 meets: ${first.headline} (${first.reason}).`,
		[
			...(canFix ? ['Mend it: the same command with --fix shows the plan and asks.'] : []),
			// Of the first only what no plan does.
			...(canFix && first.mendKind === 'plan' ? [] : [first.mend]),
			...(isOfS3(first.reason) ? ['Then upload failed objects again: S3 does not try them again.'] : []),
		],
	);
}

/** Options that say nothing together. */
function diagnoseFaults(given: ArgumentsOf<'diagnose'>): readonly string[] {
	const {key, versionId, probe, fix: mends, reasons, keepReasons, reasonsWait} = given;
	const faults: string[] = [];
	if (versionId !== undefined && key === undefined)
		faults.push('--version-id names a version of --key: add --key KEY.');
	if (key !== undefined && probe) faults.push('--probe sends a file of its own: leave out --key.');
	if (mends && probe) faults.push('--fix sends a test file anyway: leave out --probe.');
	if (reasons && !probe) faults.push('--reasons tells of the files of --probe: add --probe.');
	if (!reasons && (keepReasons || reasonsWait !== undefined))
		faults.push('--keep-reasons and --reasons-wait are about what --reasons sets up, which was not given.');
	return faults;
}
