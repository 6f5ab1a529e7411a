import type {Reason} from '../../policy/decision.js';
import type {Doubt} from '../../policy/foresee.js';
import type {Observed} from '../observed/observed.js';
import {fixable, type Problem} from '../problem.js';
import {chooseRole} from '../role/choose-role.js';
import type {Need} from '../role/duties.js';
import {writtenKeyPolicy} from '../operations/put-key-policy.js';
import {doubtText, whoKnows} from '../role/doubt-text.js';
import {together} from '../role/foreseen-together.js';
import {foreseeGrant} from '../role/grants.js';
import {placesOf} from '../role/places.js';
import {dutiesInForce, ruleInForce} from '../role/role-duties.js';
import {heaviestOf} from '../role/weigh-gaps.js';
import {defineCheck} from './define-check.js';
import {ok, unknown, warning, whenRead} from './verdict.js';

/**
 * Whether the policy of the key for replicas lets the role in, where the key is another account's: the role's own policy is not enough there.
 * Source: S3 User Guide, "Replicating encrypted objects", cross-account scenarios; KMS Developer Guide, "Allowing users in other accounts to use a KMS key".
 */
export const keyPolicyCheck = defineCheck({
	id: 'destination-key-policy',
	title: 'Key policy',
	group: 'destination',
	isNeeded: ({mode, rule}) => mode === 'cross-account' && rule?.kmsKey !== undefined,
	needs: ['observed', 'planned'],
	decide: ({request}, {observed: reading, planned}) =>
		whenRead([reading], (observed) => {
			const {arn} = chooseRole(request, observed);
			const {keyPolicy: needs} = dutiesInForce(request, observed);
			const policy = policyOf(observed);
			const kmsKey = request.rule?.kmsKey ?? '';
			if (policy?.state !== 'read') {
				const cause = policy?.cause ?? 'The key was not read.';
				return unknown(
					'the policy of the key has not been read',
					notLetIn(
						'key-policy-unread',
						`Whether the policy of ${kmsKey} lets the role in is not known`,
						cause,
						{
							arn,
							needs,
						},
					),
				);
			}

			const rules = [ruleInForce(request, observed)];
			const places = placesOf(request, observed, rules);
			// What this run writes is judged as it will be.
			const written =
				planned.isRead && planned.value.ok
					? writtenKeyPolicy(planned.value.plan.operations, policy.keyArn)
					: undefined;
			const answers = needs
				.flatMap((need) =>
					foreseeGrant(
						written ?? policy.document,
						{...need, resource: keyArnOf(observed, kmsKey)},
						arn,
						places,
					),
				)
				.map(({action, foreseen}) => ({action, ...together(foreseen)}));
			const refused = answers.filter(({surely}) => surely.length > 0);
			const open = answers.filter(({unclear}) => unclear.length > 0);
			if (refused.length > 0) {
				const actions = refused.map(({action}) => action);
				const losses = actions.flatMap((action) => {
					const weight = heaviestOf(action, rules);
					return weight.level === 'none' ? [] : [weight.without];
				});
				return warning(
					`the role may not ${actions.join(', ')}`,
					notLetIn(
						'key-policy-without-role',
						`The policy of ${kmsKey} does not let the role in`,
						`${arn} encrypts the replicas; a key of another account must let it in itself. ${refusedText(refused)}${[...new Set(losses)].join('; ')}.`,
						{arn, needs},
					),
				);
			}

			if (open.length === 0) return ok(written ? 'the plan lets the role in' : 'it lets the role in');
			return warning(
				'it may not let the role in',
				notLetIn(
					'key-policy-perhaps-without-role',
					`The policy of ${kmsKey} may not let the role in`,
					`Replicas are encrypted by ${arn}. ${openText(open)}`,
					{arn, needs},
				),
			);
		}),
});

function policyOf({destination: {key}}: Observed) {
	return key?.state === 'existing' && key.policy ? {...key.policy, keyArn: key.key.arn} : undefined;
}

function keyArnOf({destination: {key}}: Observed, name: string): string {
	return key?.state === 'existing' ? key.key.arn : name;
}

type Refused = {readonly action: string; readonly surely: readonly Reason[]};

function refusedText(refused: readonly Refused[]): string {
	const denying = refused.flatMap(({action, surely}) =>
		surely.flatMap(({effect, statement = ''}) =>
			effect === 'explicit-deny'
				? [doubtText({effect: 'denies', actions: [action], statement, unsure: certain})]
				: [],
		),
	);
	const actions = refused.map(({action}) => action).join(', ');
	return denying.length > 0 ? `${denying.join(' ')} Without it: ` : `No statement allows ${actions}: `;
}

const certain = {conditions: [], keys: [], isPartial: false};

function openText(
	open: ReadonlyArray<{readonly action: string; readonly unclear: readonly Doubt[]}>,
): string {
	const all = open.flatMap(({action, unclear}) => unclear.map((doubt) => ({action, doubt})));
	const statements = new Map(all.map(({doubt}) => [JSON.stringify(doubt), doubt]));
	const texts = [...statements].map(([key, {effect, statement = '', unsure}]) =>
		doubtText({
			effect: effect === 'explicit-deny' ? 'denies' : 'allows',
			actions: [...new Set(all.filter(({doubt}) => JSON.stringify(doubt) === key).map(({action}) => action))],
			statement,
			unsure,
		}),
	);
	return `${texts.join(' ')} ${whoKnows(all.map(({doubt}) => doubt.unsure))}`.trim();
}

type Wanted = {readonly arn: string; readonly needs: readonly Need[]};

/** KMS refuses a principal that does not exist yet: the role's account is one that does. */
function notLetIn(code: string, headline: string, cause: string, {arn, needs}: Wanted): Problem {
	const [, partition, , , account] = arn.split(':');
	const statement = {
		Sid: 'S3Replication',
		Effect: 'Allow',
		Principal: {AWS: `arn:${partition}:iam::${account}:root`},
		Action: needs.flatMap(({actions}) => actions),
		Resource: '*',
		Condition: {ArnEquals: {'aws:PrincipalArn': arn}},
	};
	return fixable(code, headline, cause, [
		`Add this statement to the key's policy: ${JSON.stringify(statement)}`,
		'Go on if it lets the role in; a test file will show it.',
	]);
}
