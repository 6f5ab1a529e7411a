import {roleNameOf} from '../arn.js';
import {type Answers, defaultChain} from './answers.js';
import {accountNameIn} from './bucket-name.js';
import {answerRows, answerTable, type TableName} from './answer-table.js';
import type {Mode} from './mode.js';
import {fixable, type Problem} from '../problem.js';
import {isOthers} from './others-profile.js';
import {partitionOfRegion} from '../region.js';
import {defaultRoleName, defaultRuleId} from './role-name.js';
import {conflictsOf} from './rule-conflicts.js';

/** One end of the replication, as asked for. */
export type RequestedEnd = {
	readonly profile: string;
	readonly bucket: string;
	/** Absent where the bucket has to exist already. */
	readonly region?: string;
};

/** The answers that are about one thing, as their entries say. */
type AnswersAbout<About extends (typeof answerTable)[TableName]['belongsTo']> = Pick<
	Answers,
	{
		[Name in TableName]: (typeof answerTable)[Name]['belongsTo'] extends About ? Name : never;
	}[TableName]
>;

/** What is answered about the rule besides its name. */
export type RuleAnswers = Omit<AnswersAbout<'rule'>, 'ruleId'>;

/** The answers that were given about these, by their names in the table: a new one is carried without being named here. */
function answersAbout<About extends (typeof answerTable)[TableName]['belongsTo']>(
	answers: Answers,
	...about: readonly About[]
): AnswersAbout<About> {
	const wanted = new Set<string>(about);
	return Object.fromEntries(
		answerRows
			.filter(([name, {belongsTo}]) => wanted.has(belongsTo) && answers[name] !== undefined)
			.map(([name]) => [name, answers[name]] as const),
	) as AnswersAbout<About>;
}

/** Complete answers: what is to be set up. What was answered about the role, and of what others made, stands in it as it was given. */
export type ReplicationRequest = AnswersAbout<'role' | 'others'> & {
	readonly mode: Mode;
	readonly source: RequestedEnd;
	readonly destination: RequestedEnd;
	readonly roleName: string;
	/** Whether a person named the role: else one that the source's rules use already is kept. */
	readonly isRoleChosen?: boolean;
	/** Whether a destination bucket that is created gets Object Lock in any case; else where the source has it. */
	readonly objectLock?: boolean;
	readonly ruleId: string;
	/** Whether nobody named the rule: then it may get another name where this one is taken. */
	readonly isRuleNameFree?: boolean;
	/** What else was answered about the rule; nothing for every object, with S3's defaults. */
	readonly rule?: RuleAnswers;
	/** Whether one of the ends is somebody else's, whose credentials nobody here has: what it needs is handed over. */
	readonly isHandedOver?: true;
	/** Whether this is the way back of a two-way set-up, as a request of its own. */
	readonly isWayBack?: true;
	/** What the way back of a two-way set-up has of its own; absent: one direction only. */
	readonly back?: {readonly kmsKey?: string; readonly roleArn?: string};
};

/** The answers that a run cannot do without and that nobody gave. */
export function missingAnswers(answers: Answers): readonly TableName[] {
	const needed: TableName[] = ['mode', 'sourceBucket', 'destinationBucket'];
	if (answers.mode === 'cross-account') needed.push('sourceProfile', 'destinationProfile');
	return needed.filter((name) => answers[name] === undefined);
}

/** What to do without credentials of the destination's account. */
export const handOverStep =
	'No profile of the destination’s account? Hand over to its owner: s3-replicate export --for destination';

/** The problem that names every missing answer by its flag. */
function missingProblem(missing: readonly TableName[]): Problem {
	const flags = missing.map((name) => `--${answerTable[name].flag}`);
	return fixable(
		'missing-answers',
		flags.length === 1
			? `Cannot start: ${flags[0]} is missing`
			: `Cannot start: ${flags.length} options are missing`,
		`Missing without questions: ${flags.join(', ')}.`,
		[
			`Add ${flags.join(', ')}.`,
			...(missing.includes('destinationProfile') ? [handOverStep] : []),
			'Start s3-replicate without a command in a terminal: it asks for everything.',
			'Try it without an AWS account: add --sandbox.',
		],
	);
}

/**
 * Complete answers as a request, or every problem with them at once.
 * In cross-region mode one account has both ends, so the destination's profile defaults to the source's.
 */
export function requestFrom(
	answers: Answers,
):
	| {readonly ok: true; readonly request: ReplicationRequest}
	| {readonly ok: false; readonly problems: readonly Problem[]} {
	const {mode, sourceBucket, destinationBucket} = answers;
	if (mode === undefined || sourceBucket === undefined || destinationBucket === undefined) {
		return {ok: false, problems: [missingProblem(missingAnswers(answers)), ...faultsOf(answers)]};
	}

	const missing = missingAnswers(answers);
	const sourceProfile = answers.sourceProfile ?? defaultChain;
	const {ruleId = defaultRuleId(mode), ...rule} = answersAbout(answers, 'rule');
	const request: ReplicationRequest = {
		...answersAbout(answers, 'role', 'others'),
		mode,
		source: {
			profile: sourceProfile,
			bucket: sourceBucket,
			region: answers.sourceRegion ?? regionIn(sourceBucket),
		},
		destination: {
			profile: answers.destinationProfile ?? sourceProfile,
			bucket: destinationBucket,
			region: answers.destinationRegion ?? regionIn(destinationBucket),
		},
		roleName:
			answers.roleArn === undefined
				? (answers.roleName ?? defaultRoleName(mode, sourceBucket))
				: roleNameOf(answers.roleArn),
		isRoleChosen: [answers.roleName, answers.rolePath, answers.permissionsBoundary, answers.roleArn].some(
			(answer) => answer !== undefined,
		),
		objectLock: answers.objectLock,
		ruleId,
		isRuleNameFree: answers.ruleId === undefined,
		...([answers.sourceProfile, answers.destinationProfile].some(isOthers) ? {isHandedOver: true} : {}),
		rule: {
			...rule,
			// Without it a change of metadata on a replica would stay there. Source: S3 User Guide, "Replicating metadata changes with replica modification sync".
			...(answers.twoWay === true ? {replicaModifications: true} : {}),
		},
		...(answers.twoWay === true ? {back: {kmsKey: answers.backKmsKey, roleArn: answers.backRoleArn}} : {}),
	};
	const problems = [...(missing.length > 0 ? [missingProblem(missing)] : []), ...faultsOf(answers)];
	return problems.length > 0 ? {ok: false, problems} : {ok: true, request};
}

/** The region that a name in an account's own namespace says. */
const regionIn = (bucket: string): string | undefined => accountNameIn(bucket)?.region;

/** What is wrong with the answers that were given; names made from them are right where they are. */
function faultsOf(answers: Answers): readonly Problem[] {
	return [...entryFaults(answers), ...faultsTogether(answers)];
}

/** What is wrong with each of them. */
function entryFaults(answers: Answers): readonly Problem[] {
	return answerRows.flatMap(([name, {faultOf, refusal}]) =>
		textsOf(answers[name]).flatMap((text) => {
			const fault = faultOf?.(text);
			if (fault === undefined || !refusal) return [];
			return [fixable(refusal.code, refusal.headline(text), fault, [refusal.nextStep])];
		}),
	);
}

function textsOf(value: Answers[TableName]): readonly string[] {
	if (typeof value === 'object') return value;
	return typeof value === 'string' ? [value] : [];
}

/** What is wrong with them together. */
function faultsTogether(answers: Answers): readonly Problem[] {
	const {sourceBucket, destinationBucket, sourceRegion, destinationRegion} = answers;
	const problems: Problem[] = conflictsOf(answers).map(({problem}) => problem);
	if (sourceBucket !== undefined && sourceBucket === destinationBucket) {
		problems.push(
			fixable(
				'same-bucket',
				'Cannot replicate a bucket to itself',
				`Source and destination are both ${sourceBucket}.`,
				['Give two different buckets.'],
			),
		);
	}

	if (
		sourceRegion !== undefined &&
		destinationRegion !== undefined &&
		partitionOfRegion(sourceRegion) !== partitionOfRegion(destinationRegion)
	) {
		problems.push(
			fixable(
				'regions-of-two-partitions',
				'Cannot replicate between two partitions of AWS',
				`${sourceRegion} is in ${partitionOfRegion(sourceRegion)}, ${destinationRegion} is in ${partitionOfRegion(destinationRegion)}.`,
				['Choose two regions of one partition.'],
			),
		);
	}

	return problems;
}
