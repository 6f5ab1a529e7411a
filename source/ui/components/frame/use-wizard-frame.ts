import {createContext, useContext} from 'react';
import {wayOf} from '../../../session/state/reduce-session.js';
import {isOfOneBucket, neededSteps, type StepId} from '../../../session/state/steps.js';
import {type FrameStep} from './step-line.js';
import {useSessionValues} from '../../hooks/use-session.js';
import {useTheme} from '../../hooks/use-theme.js';

/**
 * The step whose screen is drawn. The session may be further on already: what is drawn follows with the next frame, and
 * until then the first row belongs to the rows under it.
 */
export const StepContext = createContext<StepId | undefined>(undefined);

/** The steps and the context of the first row, as the session has them now. */
export const useWizardFrame = (): {readonly steps: readonly FrameStep[]; readonly context: string} => {
	const drawn = useContext(StepContext);
	const {stepId, answers, passed, review, answeredByFlags, ...way} = useSessionValues(
		({stepId: now, answers, passed, review, answeredByFlags, errand, mending, handedOver, copying, run}) => ({
			...{stepId: drawn ?? now, answers, passed, review, answeredByFlags},
			...wayOf({errand, mending, handedOver, copying, run}),
		}),
	);
	const {glyphs} = useTheme();
	const steps = neededSteps(answers, way).map(({id, title}): FrameStep => {
		if (id === stepId) return {title, state: 'current'};
		if (review.has(id)) return {title, state: 'review'};
		return {title, state: passed.has(id) || answeredByFlags.has(id) ? 'done' : 'todo'};
	});
	const {sourceBucket, destinationBucket} = answers;
	// What is looked at, or copied, goes where its rules say: nobody chooses a destination.
	const to = destinationBucket ?? (isOfOneBucket(way.errand) ? undefined : '?');
	const context = [sourceBucket, ...(to === undefined ? [] : [glyphs.arrow, to])].join(' ');
	return {steps, context: sourceBucket === undefined ? '' : context};
};
