import type {Unsure} from '../../policy/decision.js';

/** A statement that may decide, for people. */
type DoubtfulStatement = {
	readonly effect: 'allows' | 'denies';
	readonly actions: readonly string[];
	/** Its Sid, or its number from 1. */
	readonly statement: string;
	/** The policy that it is in; absent where the text around names it. */
	readonly policy?: string;
	readonly unsure: Unsure;
};

/** At most so many values of a condition are shown. */
const shownValues = 3;

/** What a statement may do, with its conditions: `Statement “a” denies s3:ReplicateObject under the condition …`. */
export function doubtText({effect, actions, statement, policy, unsure}: DoubtfulStatement): string {
	const name = /^\d+$/.test(statement) ? `Statement ${statement}` : `Statement “${statement}”`;
	const where = policy === undefined ? '' : ` of ${policy}`;
	const part = unsure.isPartial ? ' on a part of the objects' : '';
	return `${name}${where} ${effect} ${actions.join(', ')}${part}${conditionsText(unsure)}.`;
}

/** ` under the condition StringEquals aws:PrincipalOrgID o-1`; nothing where there is none. */
function conditionsText({conditions, keys}: Unsure): string {
	const texts = conditions.map(({operator, key, values}) => {
		const more = values.length > shownValues ? ` and ${values.length - shownValues} more` : '';
		return `${operator} ${key} ${values.slice(0, shownValues).join(', ')}${more}`;
	});
	if (texts.length > 0) return ` under the condition ${texts.join(' and ')}`;
	return keys.length > 0 ? `, depending on ${keys.join(', ')}` : '';
}

/** Who has to know what decides: each sentence once. */
export function whoKnows(doubts: readonly Unsure[]): string {
	const keys = [...new Set(doubts.flatMap((one) => one.keys))];
	return [...new Set(keys.map(knowerOf))].join(' ');
}

/** Source: IAM User Guide, "AWS global condition context keys"; what it does not say of S3's own calls is not known here. */
const knowers: ReadonlyArray<readonly [pattern: RegExp, sentence: string]> = [
	[/^aws:(Principal|Resource|Source)Org/i, 'Who manages the organization knows its id and paths.'],
	[/^aws:PrincipalTag\//i, 'Who may read the tags of the role knows it.'],
	[/^(aws:ResourceTag|s3:BucketTag)\//i, 'Who may read the tags of the bucket or key knows it.'],
	[/^s3:(ExistingObjectTag|RequestObjectTag)/i, 'It differs from object to object.'],
	[
		/^aws:(SourceVpc|SourceVpce|SourceVpcArn|SourceIp|VpcSourceIp|VpceAccount|VpceOrg.*)$/i,
		'AWS does not document from where S3 calls when it replicates.',
	],
	[
		/^aws:(SourceAccount|SourceArn)$/i,
		'AWS does not document whether S3 sends it when it assumes a replication role.',
	],
	[/^aws:(CurrentTime|EpochTime|TokenIssueTime|MultiFactorAuthAge)$/i, 'It depends on when S3 replicates.'],
	[/^aws:RequestedRegion$/i, 'Who knows the region of the bucket knows it.'],
	[/^(aws:ResourceAccount|s3:ResourceAccount)$/i, 'Who knows the account of the bucket knows it.'],
	[
		/^aws:userid$/i,
		'Who may read the role knows its id; AWS does not document the name of the session that S3 opens.',
	],
];

function knowerOf(key: string): string {
	const found = knowers.find(([pattern]) => pattern.test(key));
	return found?.[1] ?? `AWS does not document ${key} for the calls that S3 makes when it replicates.`;
}
