import type {ReplicationRequest} from '../answers/request.js';
import type {Observed, ObservedRole} from '../observed/observed.js';
import {fixable, type Problem} from '../problem.js';
import {chooseRole} from './choose-role.js';
import {doubtText, whoKnows} from './doubt-text.js';
import {foreseeTrust} from './foresee-trust.js';
import {gapText} from './role-gaps.js';
import {roleFindings} from './role-findings.js';
import {plannedRole} from './planned-role.js';

/**
 * What of the role may stop replication and need not: what hangs on conditions that nobody knows before, and what the rules can do
 * without. Where the role's own policies may be changed, what they allow under a condition is put again without one: nothing of
 * it is told. Pure.
 */
export function roleWarnings(request: ReplicationRequest, observed: Observed): readonly Problem[] {
	const choice = chooseRole(request, observed);
	const about = {request, observed, choice};
	const role = choice.role ?? plannedRole(about);
	if (choice.undecided || role === undefined) return [];
	const {warnings, losses, doubts} = roleFindings(about, role);
	const isPut = ({reason}: {readonly reason: string}): boolean => reason === 'missing' && !request.keepsRole;
	const open = doubts.filter((doubt) => !isPut(doubt));
	const withheld = warnings.filter(
		(gap) => !isPut(gap) && !(gap.reason === 'missing' && role.unread.length > 0),
	);
	return [
		...trustWarnings(role, request.source.bucket),
		...(open.length === 0
			? []
			: [
					fixable(
						'role-perhaps-held-back',
						`Role ${choice.name} may not be allowed all it needs`,
						`${open.map(doubtText).join(' ')} ${whoKnows(open.map(({unsure}) => unsure))}`.trim(),
						[testFileStep, `Ask whoever may change the role ${choice.name} or its permissions boundary.`],
					),
				]),
		...(withheld.length === 0
			? []
			: [
					fixable(
						'role-held-back-in-part',
						`Role ${choice.name} is not allowed a part`,
						`${withheld.map(gapText).join('; ')}. Replication is set up all the same: ${losses.join('; ')}.`,
						[testFileStep, `Ask whoever may change the role ${choice.name} or its permissions boundary.`],
					),
				]),
	];
}

const testFileStep = 'Go on, and see whether a test file arrives.';

function trustWarnings(role: ObservedRole, sourceBucket: string): readonly Problem[] {
	const trust = foreseeTrust(role, sourceBucket);
	if (trust.outcome !== 'open') return [];
	const doubts = trust.doubts.map(({effect, statement = '', unsure}) => ({
		effect: effect === 'explicit-deny' ? ('denies' as const) : ('allows' as const),
		actions: ['sts:AssumeRole'],
		statement,
		policy: 'its trust policy',
		unsure,
	}));
	return [
		fixable(
			'role-perhaps-not-trusting-s3',
			'S3 may not be let in by the role',
			`${doubts.map(doubtText).join(' ')} ${whoKnows(doubts.map(({unsure}) => unsure))}`.trim(),
			[testFileStep, 'Or let s3.amazonaws.com in without conditions.'],
		),
	];
}
