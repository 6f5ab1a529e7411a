import {useContext, useState} from 'react';
import {completedAnswers, plannedAnswers} from '../../session/state/defaults.js';
import type {StepId} from '../../session/state/steps.js';
import {ClockContext} from './use-now.js';
import {useOnce} from './use-once.js';
import {useSession} from './use-session.js';

/**
 * Reads, checks and plans once a screen is there.
 *
 * @param isMade whether that has been done already
 */
export const usePlanReading = (
	stepId: StepId,
	isMade: boolean,
): {
	/** When it began, in milliseconds since 1970; absent before the first frame is painted. */
	readonly startedAt: number | undefined;
	/** Does it again. */
	readonly read: () => void;
} => {
	const session = useSession();
	const {nowMs} = useContext(ClockContext);
	const [startedAt, setStartedAt] = useState<number | undefined>(() => (isMade ? nowMs() : undefined));
	const read = (): void => {
		// The one place where defaults become answers: the summary's command names them.
		session.answer(stepId, completedAnswers(session.getState()));
		setStartedAt(nowMs());
		if (session.getState().handedOver) void session.planHandedOver();
		else void session.makePlan(plannedAnswers(session.getState()));
	};

	useOnce(() => {
		// In its own turn: what it sets is drawn in the next frame.
		if (!isMade) queueMicrotask(read);
	});
	return {startedAt, read};
};
