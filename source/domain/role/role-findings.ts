import type {PolicyDocument} from '../../policy/document.js';
import type {ObservedRole} from '../observed/observed.js';
import {type RoleDoubt, type RoleGap, roleGaps, uniqueGaps} from './role-gaps.js';
import {roleDuties} from './role-duties.js';
import {heaviestOf, weighGaps} from './weigh-gaps.js';
import type {RoleCase} from './choose-role.js';

/** What a role does not allow of all that the rules need that it serves. */
type RoleFindings = {
	/** What the rules cannot do without. */
	readonly stops: readonly RoleGap[];
	/** What they can do without, and the losses. */
	readonly warnings: readonly RoleGap[];
	readonly losses: readonly string[];
	/** What hangs on something that nobody knows before. */
	readonly doubts: readonly RoleDoubt[];
	/** What has to be added to its policies, and to its boundary. */
	readonly policies: readonly PolicyDocument[];
	readonly boundaries: readonly PolicyDocument[];
};

/** Weighs a role, as it is or would be, against the rules that it will serve. Pure. */
export function roleFindings(about: RoleCase, role: ObservedRole): RoleFindings {
	const found = roleDuties(about).map(({needed, rules, places}) => {
		const {gaps, doubts, policy, boundary} = roleGaps(role, needed, places);
		return {
			...weighGaps(gaps, rules),
			doubts: doubts.flatMap((doubt) => {
				const actions = doubt.actions.filter((action) => heaviestOf(action, rules).level !== 'none');
				return actions.length === 0 ? [] : [{...doubt, actions}];
			}),
			policy,
			boundary,
		};
	});
	return {
		stops: uniqueGaps(found.flatMap(({stops}) => stops)),
		warnings: uniqueGaps(found.flatMap(({warnings}) => warnings)),
		losses: [...new Set(found.flatMap(({losses}) => losses))],
		doubts: uniqueGaps(found.flatMap(({doubts}) => doubts)),
		policies: found.flatMap(({policy}) => policy ?? []),
		boundaries: found.flatMap(({boundary}) => boundary ?? []),
	};
}
