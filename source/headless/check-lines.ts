import {type Check, checkCounts, type CheckGroup} from '../domain/checks/check.js';
import type {Problem} from '../domain/problem.js';
import {indented} from './line.js';
import {documentLines, problemLines} from './problem-lines.js';
import {checkLabel, groupTitle, titleInGroup} from '../domain/checks/group-title.js';

const groups: readonly CheckGroup[] = ['identity', 'source', 'destination', 'role', 'rules'];
/** The way back stands after all that is about the way there. */
const heads = [undefined, 'back' as const].flatMap((direction) =>
	groups.map((group) => ({group, direction})),
);

/**
 * All checks for people: a count, what stops the run (told in full where the run ends), warnings with what to do, what is not
 * known, and what is well in one line a group.
 *
 *     Checks: 22 ok, 1 warning, 1 not known
 *       ! Replicas will be locked in my-us-west-2
 *           It has Object Lock with the default retention GOVERNANCE, days: 30 …
 *           1. Go on if that is wanted.
 *       ? Role, PassRole: not known: iam:PassRole
 *       ✓ Identity: Source caller, Accounts, Source session, Clock
 */
export function checkLines(checks: readonly Check[]): readonly string[] {
	const of = (result: Check['result']): readonly Check[] => checks.filter((check) => check.result === result);
	const {ok, warning, problem, unknown} = checkCounts(checks);
	const counts = [
		`${ok} ok`,
		...(problem > 0 ? [`${problem} ${problem === 1 ? 'problem' : 'problems'}`] : []),
		...(warning > 0 ? [`${warning} ${warning === 1 ? 'warning' : 'warnings'}`] : []),
		...(unknown > 0 ? [`${unknown} not known`] : []),
	];
	return [
		`Checks: ${counts.join(', ')}`,
		...of('problem').flatMap((check) => [
			`  ✗ ${check.problem?.headline ?? placeOf(check)}`,
			...changesOf(check),
		]),
		...of('warning').flatMap((check) =>
			check.problem ? [`  ! ${check.problem.headline}`, ...detailsOf(check.problem)] : [],
		),
		...unknownLines(of('unknown')),
		...heads.flatMap((head) => {
			const titles = of('ok').filter(
				({group, direction}) => group === head.group && direction === head.direction,
			);
			if (titles.length === 0) return [];
			const besides = titles.flatMap((check) => titleInGroup(check) ?? []);
			return [`  ✓ ${groupTitle(head)}${besides.length === 0 ? '' : `: ${besides.join(', ')}`}`];
		}),
	];
}

/** What is not known, and why; what one reason keeps from being known in a group, in one line. */
function unknownLines(checks: readonly Check[]): readonly string[] {
	const titles = new Map<string, Map<string, string[]>>();
	for (const check of checks) {
		const {evidence} = check;
		const group = groupTitle(check);
		const title = titleInGroup(check);
		const ofGroup = titles.get(group) ?? new Map<string, string[]>();
		ofGroup.set(evidence, [...(ofGroup.get(evidence) ?? []), ...(title === undefined ? [] : [title])]);
		titles.set(group, ofGroup);
	}

	return [...titles].flatMap(([group, byReason]) =>
		[...byReason].map(([evidence, of]) => `  ? ${[group, ...of].join(', ')}: ${evidence}`),
	);
}

/** What a yes to a way out would change: it is seen before anybody is asked for that yes. */
function changesOf({problem}: Check): readonly string[] {
	const {documents = []} = problem ?? {};
	return documents.filter(({consent}) => consent !== undefined).flatMap(documentLines);
}

/** What a problem says after its headline. */
function detailsOf(problem: Problem): readonly string[] {
	return indented(problemLines(problem).slice(1), 4);
}

function placeOf(check: Check): string {
	return checkLabel(check);
}
