import type {Answers} from '../../domain/answers/answers.js';
import {fieldRows} from '../../domain/answers/answer-table.js';

export type StepId =
	'environment' | 'mode' | 'accounts' | 'buckets' | 'options' | 'check' | 'plan' | 'apply' | 'watch';

type Step = {
	readonly id: StepId;
	readonly title: string;
	readonly isNeeded: (answers: Answers) => boolean;
	/** Whether nothing is left to ask: a flag that answers a step makes it answered. */
	readonly isAnswered: (answers: Answers) => boolean;
	/** Whether Back passes over it: its screen acts by itself. */
	readonly isPassedGoingBack?: boolean;
	/** The steps whose answers may have to change with this one's. */
	readonly affects: readonly StepId[];
};

const always = (): boolean => true;
const never = (): boolean => false;

/** The steps of the wizard in their order. Next and previous are derived from here; no screen knows another. */
export const steps: readonly Step[] = [
	{
		id: 'environment',
		title: 'Env',
		isNeeded: always,
		isAnswered: ({environment}) => environment !== undefined,
		affects: ['accounts', 'buckets'],
	},
	{
		id: 'mode',
		title: 'Mode',
		isNeeded: always,
		isAnswered: ({mode}) => mode !== undefined,
		affects: ['accounts', 'buckets', 'options'],
	},
	{
		id: 'accounts',
		title: 'Accounts',
		isNeeded: always,
		isAnswered: ({mode, sourceProfile, destinationProfile}) =>
			sourceProfile !== undefined && (mode === 'cross-region' || destinationProfile !== undefined),
		affects: ['buckets'],
	},
	{
		id: 'buckets',
		title: 'Buckets',
		isNeeded: always,
		isAnswered: ({sourceBucket, destinationBucket, sourceRegion, destinationRegion}) =>
			[sourceBucket, destinationBucket, sourceRegion, destinationRegion].every(
				(answer) => answer !== undefined,
			),
		affects: ['options'],
	},
	{
		id: 'options',
		title: 'Options',
		isNeeded: always,
		isAnswered: (answers) =>
			fieldRows.every(([name, {defaultOf}]) => !defaultOf || answers[name] !== undefined),
		affects: [],
	},
	{id: 'check', title: 'Check', isNeeded: always, isAnswered: never, affects: []},
	{id: 'plan', title: 'Plan', isNeeded: always, isAnswered: never, affects: []},
	{
		id: 'apply',
		title: 'Apply',
		isNeeded: always,
		isAnswered: never,
		isPassedGoingBack: true,
		affects: [],
	},
	{id: 'watch', title: 'Watch', isNeeded: always, isAnswered: never, affects: []},
];

/** The steps that a person walks with these answers. */
export function neededSteps(answers: Answers): readonly Step[] {
	return steps.filter((step) => step.isNeeded(answers));
}

/** The step by its id. */
export function stepOf(id: StepId): Step {
	return steps.find((step) => step.id === id) as Step;
}

/** Where Enter leads: the next step that has something to ask, or that the flags did not answer. */
export function nextStep(from: StepId, answers: Answers, answeredByFlags: ReadonlySet<StepId>): StepId {
	const walk = neededSteps(answers);
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
): StepId | undefined {
	const walk = neededSteps(answers);
	const index = walk.findIndex((step) => step.id === from);
	return walk
		.slice(0, index)
		.reverse()
		.find((step) => !answeredByFlags.has(step.id) && !step.isPassedGoingBack)?.id;
}
