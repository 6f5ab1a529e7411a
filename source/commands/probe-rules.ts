import {fixable, type Problem} from '../domain/problem.js';
import {answerTable} from '../domain/answers/answer-table.js';
import type {Session} from '../session/session.js';
import type {DiagnosedRule} from '../session/state/diagnosed-rule.js';
import type {DiagnoseRequest} from '../session/actions/diagnose/diagnose-actions.js';
import type {WatchRequest} from '../session/actions/watch/watch-request.js';
import type {ArgumentsOf} from '../command-line/options.js';
import {arrivesDuring} from './arrives-during.js';
import {askedYes} from './ask/confirm.js';
import {endOfReasons, setUpReasons} from './reasons.js';
import type {Host} from './host/host.js';

/**
 * Sends one small file for each enabled rule, with its prefix and tags, after a yes, and follows it. Gives the problem of a no, and of files
 * that did not arrive.
 */
export async function probeRules(
	host: Host,
	session: Session,
	{sourceBucket, answers, destinationProfiles}: DiagnoseRequest,
	diagnosed: readonly DiagnosedRule[],
	given: Pick<ArgumentsOf<'diagnose'>, 'yes' | 'reasons' | 'keepReasons' | 'reasonsWait'>,
): Promise<Problem | undefined> {
	const names = diagnosed.flatMap(({rule}) =>
		rule.Status === 'Enabled' && rule.ID !== undefined ? [rule.ID] : [],
	);
	if (!given.yes) {
		const files = names.length === 1 ? '1 test file' : `${names.length} test files`;
		const refusal = await askedYes(host, `Upload ${files} to ${sourceBucket}`);
		if (refusal) return refusal;
	}

	if (!given.reasons) return sendProbes(session, {sourceBucket, answers, destinationProfiles, names});
	const all = await session.findReplication(sourceBucket, answers, destinationProfiles);
	const set = await setUpReasons(host, session, all, {...given, followsOthers: true});
	const problem =
		'problem' in set
			? set.problem
			: await sendProbes(session, {sourceBucket, answers, destinationProfiles, names, ...set});
	return (await endOfReasons(session, all, given, problem)) ?? undefined;
}

type Probes = DiagnoseRequest & {
	readonly names: readonly string[];
} & Partial<Pick<WatchRequest, 'reasons' | 'metricRules'>>;

/** Sends the files one after the other. */
async function sendProbes(
	session: Session,
	{sourceBucket, answers, destinationProfiles, names, ...read}: Probes,
): Promise<Problem | undefined> {
	const missing: string[] = [];
	for (const name of names) {
		if (session.getState().interrupts > 0) return undefined;
		const found = await session.findReplication(sourceBucket, answers, destinationProfiles, {
			ruleId: name,
		});
		// A rule has one destination: its file arrives once, or not.
		const {hasArrived} = await arrivesDuring(session, async () =>
			session.watch({
				...found,
				...read,
				fileCount: 1,
				fileSizeBytes: answerTable.testFileSizeBytes.defaultOf(),
				followsOthers: false,
				staysOpen: false,
			}),
		);
		const {watchProblem} = session.getState();
		if (watchProblem) return watchProblem;
		if (!hasArrived) missing.push(name);
	}

	return missing.length === 0 ? undefined : notArrived(missing, names.length);
}

function notArrived(missing: readonly string[], count: number): Problem {
	return fixable(
		'probe-not-arrived',
		`${missing.length} of ${count} probes did not arrive`,
		`Rules whose file failed or is still pending: ${missing.join(', ')}.`,
		['Look at the causes above.', 'Wait longer: --timeout SECONDS.'],
	);
}
