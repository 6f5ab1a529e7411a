import {type AnswerName, type Answers, isAsked} from '../../domain/answers/answers.js';
import {fieldRows} from '../../domain/answers/answer-table.js';

export type StepId =
	| 'environment'
	| 'mode'
	| 'accounts'
	| 'buckets'
	| 'options'
	| 'check'
	| 'replications'
	| 'diagnosis'
	| 'copy'
	| 'plan'
	| 'apply'
	| 'watch';

/** What is done: a replication is set up, one that exists is looked at or has objects that exist already copied, or is only watched. */
export type Errand = 'set-up' | 'existing' | 'copy' | 'watch';

/** Whether it is about the bucket of a replication that exists: one profile leads to the rest. */
export function isOfOneBucket(errand: Errand): boolean {
	return errand === 'existing' || errand === 'copy';
}

type Step = {
	readonly id: StepId;
	readonly title: string;
	readonly isNeeded: (answers: Answers) => boolean;
	/**
	 * The answers that it asks for, one after the other where nothing is drawn. What else its screen shows has a good default, and an option.
	 */
	readonly asks: readonly AnswerName[];
	/** Whether nothing is left to ask: a flag that answers a step makes it answered. */
	readonly isAnswered: (answers: Answers) => boolean;
	/** Whether it comes before anything is opened. */
	readonly isBeforeOpening?: boolean;
	/** Whether Back passes over it: its screen acts by itself. */
	readonly isPassedGoingBack?: boolean;
	/** The steps whose answers may have to change with this one's. */
	readonly affects: readonly StepId[];
};

const always = (): boolean => true;

/** A step that asks: it is answered where all is answered that it asks for. */
const asking = (...asks: readonly AnswerName[]): Pick<Step, 'asks' | 'isNeeded' | 'isAnswered'> => ({
	asks,
	isNeeded: always,
	isAnswered: (answers) => asks.every((name) => answers[name] !== undefined || !isAsked(name, answers)),
});

/** A step that shows or does something: no answer makes it needless. */
const showing: Pick<Step, 'asks' | 'isNeeded' | 'isAnswered'> = {
	asks: [],
	isNeeded: always,
	isAnswered: () => false,
};

const plan: Step = {id: 'plan', title: 'Plan', ...showing, affects: []};
const apply: Step = {id: 'apply', title: 'Apply', ...showing, isPassedGoingBack: true, affects: []};
const copy: Step = {id: 'copy', title: 'Copy', ...showing, isPassedGoingBack: true, affects: []};
const watch: Step = {id: 'watch', title: 'Watch', ...showing, affects: []};

/**
 * The steps of the wizard in their order. Next and previous are derived from here, and so are the questions of `--accessible`; no screen knows
 * another.
 */
export const steps: readonly Step[] = [
	{
		id: 'environment',
		title: 'Env',
		...asking('environment'),
		isBeforeOpening: true,
		affects: ['accounts', 'buckets'],
	},
	{
		id: 'mode',
		title: 'Mode',
		...asking('mode'),
		isBeforeOpening: true,
		affects: ['accounts', 'buckets', 'options'],
	},
	{
		id: 'accounts',
		title: 'Accounts',
		...asking('sourceProfile', 'destinationProfile'),
		affects: ['buckets'],
	},
	{
		id: 'buckets',
		title: 'Buckets',
		...asking('sourceRegion', 'sourceBucket', 'destinationRegion', 'destinationBucket'),
		affects: ['options'],
	},
	{
		id: 'options',
		title: 'Options',
		...asking('testFileCount'),
		isAnswered: (answers) =>
			fieldRows.every(([name, {defaultOf}]) => !defaultOf || answers[name] !== undefined),
		affects: [],
	},
	{id: 'check', title: 'Check', ...showing, affects: []},
	plan,
	apply,
	copy,
	watch,
];

const choosing: readonly Step[] = [
	...steps.filter(({id}) => id === 'environment' || id === 'accounts'),
	{id: 'replications', title: 'Bucket', ...showing, affects: []},
];

/** The steps of one who looks at a replication that exists; plan and apply are those of a mend. */
const existingSteps: readonly Step[] = [
	...choosing,
	{id: 'diagnosis', title: 'Diagnosis', ...showing, affects: []},
	plan,
	apply,
	watch,
];

const walks: Readonly<Record<Errand, readonly Step[]>> = {
	'set-up': steps,
	existing: existingSteps,
	copy: [...choosing, copy, plan, apply, watch],
	watch: [plan, apply, watch],
};

/** Where somebody is on which way: what decides over the next step and the one before. */
export type Way = {
	readonly errand: Errand;
	readonly isMending: boolean;
	/** Whether a hand-over of before is gone on with: all is answered, and shown in the plan. */
	readonly isHandedOver?: boolean;
	/** Whether the source holds objects that the plan's rule will not copy. */
	readonly hasExisting?: boolean;
};

const settingUp: Way = {errand: 'set-up', isMending: false};

/** The steps that a person walks with these answers. */
export function neededSteps(
	answers: Answers,
	{errand, isMending, isHandedOver = false, hasExisting = false}: Way = settingUp,
): readonly Step[] {
	const isWalked = (step: Step): boolean => {
		if (isHandedOver) return step.id === 'environment' || walks.watch.includes(step);
		if (errand === 'set-up') return step !== copy || hasExisting;
		return isMending || (step !== plan && step !== apply);
	};

	return walks[errand].filter((step) => step.isNeeded(answers) && isWalked(step));
}

/** The step by its id. */
export function stepOf(id: StepId): Step {
	return [...steps, ...existingSteps].find((step) => step.id === id) as Step;
}

/** Where Enter leads: the next step that has something to ask, or that the flags did not answer. */
export function nextStep(
	from: StepId,
	answers: Answers,
	answeredByFlags: ReadonlySet<StepId>,
	way: Way = settingUp,
): StepId {
	const walk = neededSteps(answers, way);
	const index = walk.findIndex((step) => step.id === from);
	return walk.slice(index + 1).find((step) => !answeredByFlags.has(step.id))?.id ?? from;
}

/**
 * Where Back leads, or nothing on the first step. Steps that flags have answered are passed over in both directions;
 * so is, going back, one that acts by itself.
 */
export function previousStep(
	from: StepId,
	answers: Answers,
	answeredByFlags: ReadonlySet<StepId>,
	way: Way = settingUp,
): StepId | undefined {
	const walk = neededSteps(answers, way);
	const index = walk.findIndex((step) => step.id === from);
	return walk
		.slice(0, index)
		.reverse()
		.find((step) => !answeredByFlags.has(step.id) && !step.isPassedGoingBack)?.id;
}
