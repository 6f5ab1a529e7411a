import type {CheckHead} from '../../../domain/checks/check.js';
import {type StepId, stepOf} from '../../../session/state/steps.js';

const steps: Readonly<Record<CheckHead['group'], StepId>> = {
	identity: 'accounts',
	source: 'buckets',
	destination: 'buckets',
	role: 'options',
	rules: 'options',
};

/** The title of the step where something can be changed about a check; nothing where flags have answered it. */
export function stepTitleOf(
	{id, group}: CheckHead,
	answeredByFlags: ReadonlySet<StepId>,
): string | undefined {
	const stepId = id === 'accounts' ? 'mode' : steps[group];
	return answeredByFlags.has(stepId) ? undefined : stepOf(stepId).title;
}
