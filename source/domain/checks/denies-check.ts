import {type PolicyDocument, statementsOf} from '../../policy/document.js';
import type {Unsure} from '../../policy/decision.js';
import {foreseeDenies} from '../../policy/foresee.js';
import {bucketArn, objectsArn} from '../arn.js';
import {chooseRole} from '../role/choose-role.js';
import type {Side} from '../answers/mode.js';
import type {CallerIdentity, Observed} from '../observed/observed.js';
import {fixable} from '../problem.js';
import {dutiesOf, joined, type Need} from '../role/duties.js';
import {doubtText, whoKnows} from '../role/doubt-text.js';
import {together} from '../role/foreseen-together.js';
import {placesOf} from '../role/places.js';
import {replicationCalls} from '../role/replication-calls.js';
import {type NeedWeight, weightOf} from '../role/need-weight.js';
import {dutyContext, ruleInForce} from '../role/role-duties.js';
import type {ReplicationRequest} from '../answers/request.js';
import type {ReplicationRule} from '../rule/replication-configuration.js';
import {type CheckDefinition, defineCheck} from './define-check.js';
import {ok, stop, warning, whenRead} from './verdict.js';

/**
 * Whether a Deny in the bucket's policy hits the role: an explicit deny wins over everything the role is given. Only what
 * the rule cannot do without stops; what is nothing to it is not told.
 * Source: S3 User Guide, "Troubleshooting replication"; IAM User Guide, "Policy evaluation logic".
 */
export function deniesCheck(side: Side): CheckDefinition {
	return defineCheck({
		id: `${side}-denies`,
		title: 'Denies',
		group: side,
		needs: [`${side}Policy`, `${side}Caller`, 'observed'],
		decide: ({request}, readings) =>
			whenRead(
				[readings[`${side}Policy` as const], readings[`${side}Caller` as const], readings.observed],
				(policy, owner, observed) => {
					if (policy === undefined) return ok('no bucket policy');
					const {arn} = chooseRole(request, observed);
					const rule = ruleInForce(request, observed);
					const weightIn = (action: string): NeedWeight => weightOf(action, rule);
					const places = placesOf(request, observed, [rule]);
					const denials = neededAt(side, request, owner, observed, rule).flatMap((need) =>
						need.actions
							.filter((action) => weightIn(action).level !== 'none')
							.flatMap((action) => denialsOf(policy, action, replicationCalls(arn, action, need, places))),
					);
					const {bucket} = request[side];
					const sure = denials.filter(({unsure}) => unsure === undefined);
					const stopping = sure.filter(({action}) => weightIn(action).level === 'stop');
					if (stopping.length > 0) {
						return stop(
							sentenceOf(stopping),
							fixable(
								'role-denied',
								`Cannot replicate ${side === 'source' ? 'from' : 'to'} ${bucket}: its policy denies the role`,
								`${sentenceOf(stopping)} An explicit Deny wins over every Allow${lossesOf(stopping, 'stop', weightIn)}. The role is ${arn}.`,
								[
									`Let the statement spare ${arn}, for example by a condition ArnNotEquals on aws:PrincipalArn.`,
									'Choose another bucket.',
								],
							),
						);
					}

					if (denials.length === 0) return ok(allowedText(policy));
					if (sure.length === denials.length) {
						return warning(
							sentenceOf(sure),
							fixable(
								'role-denied-in-part',
								`The policy of ${bucket} denies the role a part`,
								`${sentenceOf(sure)} Replication is set up all the same${lossesOf(sure, 'warning', weightIn)}. The role is ${arn}.`,
								[
									'Go on, and see whether the test files arrive.',
									`Let the statement spare ${arn}, for example by a condition ArnNotEquals on aws:PrincipalArn.`,
								],
							),
						);
					}

					return warning(
						sentenceOf(denials),
						fixable(
							'role-perhaps-denied',
							`The policy of ${bucket} may deny the role`,
							`${sentenceOf(denials)} Whether that hits S3 when it replicates as ${arn} cannot be told before.${knowersOf(denials)}`,
							[
								`Let the statement spare ${arn}, for example by a condition ArnNotEquals on aws:PrincipalArn.`,
								'Go on, and see whether the test files arrive.',
							],
						),
					);
				},
			),
	});
}

function allowedText(policy: PolicyDocument): string {
	const denies = statementsOf(policy).filter(({Effect}) => Effect === 'Deny').length;
	return denies === 0 ? 'no Deny in the bucket policy' : 'no Deny of the bucket policy hits the role';
}

/** What the role has to do at one end. */
function neededAt(
	side: Side,
	request: ReplicationRequest,
	{partition}: CallerIdentity,
	observed: Observed,
	rule: ReplicationRule,
): readonly Need[] {
	const here = request[side].bucket;
	const own = [bucketArn(partition, here), objectsArn(partition, here)];
	const {role, bucketPolicy} = dutiesOf(rule, dutyContext(request, observed));
	const across = side === 'destination' && request.mode === 'cross-account' ? bucketPolicy : [];
	return joined([...role, ...across].filter(({resource}) => own.includes(resource)));
}

/** What the rule is without, each once: `: nothing would be replicated`. */
function lossesOf(
	denials: readonly Denial[],
	level: NeedWeight['level'],
	weightIn: (action: string) => NeedWeight,
): string {
	const weights = denials.map(({action}) => weightIn(action));
	const losses = weights.flatMap((weight) =>
		weight.level === level && weight.level !== 'none' ? [weight.without] : [],
	);
	return losses.length === 0 ? '' : `: ${[...new Set(losses)].join('; ')}`;
}

/** A Deny that hits an action, or may hit it. */
type Denial = {readonly action: string; readonly statement: string; readonly unsure?: Unsure};

function denialsOf(
	document: PolicyDocument,
	action: string,
	calls: ReturnType<typeof replicationCalls>,
): readonly Denial[] {
	const {surely, unclear} = together(
		calls.map((call) => foreseeDenies(call, {name: 'the bucket policy', document})),
	);
	return [...surely, ...unclear].map(({statement = '', unsure}) => ({action, statement, unsure}));
}

function knowersOf(denials: readonly Denial[]): string {
	const knowers = whoKnows(denials.flatMap(({unsure}) => unsure ?? []));
	return knowers === '' ? '' : ` ${knowers}`;
}

function sentenceOf(denials: readonly Denial[]): string {
	const groups = new Map<string, Denial[]>();
	for (const denial of denials) {
		const key = JSON.stringify([denial.statement, denial.unsure]);
		groups.set(key, [...(groups.get(key) ?? []), denial]);
	}

	return [...groups.values()]
		.map(([first, ...rest]) =>
			doubtText({
				effect: 'denies',
				actions: [...new Set([first, ...rest].flatMap((denial) => denial?.action ?? []))],
				statement: first?.statement ?? '',
				unsure: first?.unsure ?? {conditions: [], keys: [], isPartial: false},
			}),
		)
		.join(' ');
}
