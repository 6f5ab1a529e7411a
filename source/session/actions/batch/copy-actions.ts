import {defaultChain} from '../../../domain/answers/answers.js';
import {usualStatuses} from '../../../domain/observed/batch-job.js';
import {limits} from '../../../domain/limits.js';
import {type Problem, problemFrom} from '../../../domain/problem.js';
import type {Copying} from '../../state/session-state.js';
import type {BatchActions} from './batch-actions.js';
import type {RunContext} from '../core/run-context.js';
import {type JobAnswer, jobPollMs, seeJobThrough} from './see-job-through.js';

/** What a person does in the wizard with objects that exist already; how far it is stands in the state as `copying`. */
export type CopyActions = {
	/** Goes to where objects that exist already are copied. */
	readonly offerCopy: () => void;
	/** Begins: after a set-up it is only offered, else the plan is made. Changes nothing. */
	readonly openCopy: () => Promise<void>;
	/** Reads the rules and plans a job, or follows the one that is open. Changes nothing. */
	readonly planCopy: () => Promise<void>;
	/** Does what the plan says, and sees the job through. */
	readonly makeCopy: () => Promise<void>;
	/** Says whether the job may begin, once its objects are counted; `wait` leaves it waiting. */
	readonly agreeCopy: (answer: JobAnswer) => void;
	/** Leaves the job: it runs on, or waits on. */
	readonly leaveCopy: () => void;
	/** Compares both sides. Changes nothing. */
	readonly verifyCopy: () => Promise<void>;
};

export function createCopyActions({core, signal}: RunContext, batch: BatchActions): CopyActions {
	const {getState, dispatch} = core;
	let answered: ((answer: JobAnswer) => void) | undefined;

	function move(stage: Copying['stage'], problem?: Problem): void {
		dispatch({type: 'copy-moved', stage, ...(problem ? {problem} : {})});
	}

	/** Who has left the program hears of nothing more. */
	async function guarded(work: () => Promise<void>, stage: 'failed' | 'ended'): Promise<void> {
		try {
			await work();
		} catch (error) {
			if (!signal.aborted) move(stage, problemFrom(error));
		}
	}

	const source = () => {
		const {answers, destinationProfiles} = getState();
		const {sourceProfile = defaultChain, destinationProfile} = answers;
		const others = [destinationProfile ?? [], destinationProfiles].flat();
		return {
			sourceBucket: answers.sourceBucket ?? '',
			answers,
			destinationProfiles: [...new Set(others)].filter((name) => name !== sourceProfile),
		};
	};

	async function seeThrough(): Promise<void> {
		move('following');
		const pollMs = jobPollMs(getState().run.endpointUrl);
		const {how, problem} = await seeJobThrough(batch, {
			follow: async () => batch.followJob(pollMs),
			async agree() {
				move('confirming');
				const answer = await new Promise<JobAnswer>((resolve) => {
					answered = resolve;
				});
				answered = undefined;
				if (answer !== 'wait') move('following');
				return answer;
			},
			keepsReport: false,
		});
		// Who cancelled it here goes on: the end says so.
		const told = problem?.kind === 'cancelled' ? undefined : problem;
		move(how === 'over' || how === 'declined' ? 'ended' : 'left', told);
	}

	const actions: CopyActions = {
		offerCopy() {
			dispatch({type: 'step-entered', stepId: 'copy'});
		},
		async openCopy() {
			if (getState().errand === 'set-up') dispatch({type: 'copy-opened', stage: 'offered'});
			else await actions.planCopy();
		},
		async planCopy() {
			if (getState().copying) move('planning');
			else dispatch({type: 'copy-opened', stage: 'planning'});
			await guarded(async () => {
				const plan = await batch.planJob({...source(), wanted: {statuses: usualStatuses}, isQuiet: true});
				if (plan) move('planned');
				else await guarded(seeThrough, 'ended');
			}, 'failed');
		},
		async makeCopy() {
			move('making');
			await guarded(async () => {
				const problem = await batch.makeJob();
				if (signal.aborted) return;
				if (problem) move('ended', problem);
				else await seeThrough();
			}, 'ended');
		},
		agreeCopy(answer) {
			answered?.(answer);
		},
		leaveCopy() {
			if (answered) answered('wait');
			else batch.leaveJob();
		},
		async verifyCopy() {
			move('verifying');
			await guarded(async () => {
				const problem = await batch.verifyBuckets({
					...source(),
					lagMs: limits.replicationLagMs,
					maxObjects: limits.comparedObjects,
				});
				move('ended', problem);
			}, 'ended');
		},
	};
	return actions;
}
