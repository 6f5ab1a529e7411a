import {useState} from 'react';
import {problemFrom} from '../../../domain/problem.js';
import type {KeyBinding} from '../../hooks/use-keys.js';
import {usePlainStreamKey} from '../../components/text/plain-stream.js';
import {useSessionValues} from '../../hooks/use-session.js';
import {comeBackCommand} from '../../../session/state/job-left.js';

type JobKeys = {
	readonly bindings: readonly KeyBinding[];
	readonly title: string;
	readonly note: string;
	/** Whether it is asked if the job is to be cancelled: no other question may take its place, and its yes. */
	readonly isAsking: boolean;
};

/**
 * What a job's keys do while it is followed, and what is said meanwhile: `C` or `c` cancels after a yes, `q` leaves it running.
 *
 * @param cancelJob cancels it; rejects where that cannot be said to S3
 */
export const useJobKeys = (onLeave: () => void, cancelJob: () => Promise<void>): JobKeys => {
	const stream = usePlainStreamKey();
	const [isAsking, setIsAsking] = useState(false);
	const [trouble, setTrouble] = useState('');
	const comeBack = comeBackCommand(useSessionValues(({run, answers}) => ({run, answers})));
	const ask = (): void => setIsAsking(true);
	const cancel = (): void => {
		setIsAsking(false);
		cancelJob().catch((error: unknown) => {
			setTrouble(problemFrom(error).headline);
		});
	};
	if (isAsking)
		return {
			bindings: [
				{keys: ['y'], label: 'cancel the job', action: cancel},
				{keys: ['n', 'escape'], label: 'back', action: () => setIsAsking(false)},
			],
			title: 'Cancel the job?',
			note: 'What it has copied stays.',
			isAsking,
		};
	return {
		bindings: [
			{keys: ['C'], label: 'cancel the job', action: ask},
			{keys: ['c'], label: 'cancel the job', action: ask, isHidden: true},
			{keys: ['q'], label: 'leave it running', action: onLeave},
			stream,
		],
		title: 'Copying objects that exist already',
		note: trouble === '' ? `The job goes on without you. Come back with: ${comeBack ?? ''}` : trouble,
		isAsking,
	};
};
