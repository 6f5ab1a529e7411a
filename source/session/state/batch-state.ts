import type {BatchEvent} from '../../domain/batch/batch-event.js';
import type {ComparedBuckets} from '../../domain/batch/compared-buckets.js';
import type {Stamped} from '../../domain/event.js';

type Of<Type extends BatchEvent['type']> = Extract<BatchEvent, {readonly type: Type}>;

/** What a run has come to with objects that exist already. */
export type BatchState = {
	readonly job?: Of<'job-created'>;
	readonly progress?: Stamped<Of<'job-progressed'>>;
	readonly finished?: Of<'job-finished'>;
	readonly comparing?: Of<'comparison-progressed'>;
	readonly comparisons: readonly ComparedBuckets[];
	/** What the last look at the rules has found of objects that they do not copy. */
	readonly existing?: Of<'existing-seen'>;
};

/** The state after an event of a job or of a comparison. Pure. */
export function reduceBatch(state: BatchState = {comparisons: []}, event: Stamped<BatchEvent>): BatchState {
	switch (event.type) {
		case 'job-created':
			return {...state, job: event, progress: undefined, finished: undefined};
		case 'job-progressed':
			return {...state, progress: event};
		case 'job-finished':
			return {...state, finished: event};
		case 'comparison-progressed':
			return {...state, comparing: event};
		case 'comparison-finished':
			return {...state, comparing: undefined, comparisons: [...state.comparisons, event]};
		case 'existing-seen':
			return {...state, existing: event};
		default:
			return state;
	}
}
