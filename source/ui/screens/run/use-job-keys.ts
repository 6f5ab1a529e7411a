import {useState} from 'react';
import {problemFrom} from '../../../domain/problem.js';
import type {KeyBinding} from '../../hooks/use-keys.js';
import {usePlainStreamKey} from '../../components/text/plain-stream.js';
import {useSession} from '../../hooks/use-session.js';

/** What a job's keys do while it is followed, and what is said meanwhile: `C` or `c` cancels after a yes, `q` leaves it running. */
export const useJobKeys = (
	onLeave: () => void,
): {readonly bindings: readonly KeyBinding[]; readonly title: string; readonly note: string} => {
	const session = useSession();
	const stream = usePlainStreamKey();
	const [isAsking, setIsAsking] = useState(false);
	const [trouble, setTrouble] = useState('');
	const cancel = (): void => {
		setIsAsking(false);
		session.cancelJob().catch((error: unknown) => {
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
		};
	return {
		bindings: [
			{keys: ['C', 'c'], label: 'cancel the job', action: () => setIsAsking(true)},
			{keys: ['q'], label: 'leave it running', action: onLeave},
			stream,
		],
		title: 'Copying objects that exist already',
		note:
			trouble === ''
				? 'It goes on without you: leave, and come back with s3-replicate batch --job ID.'
				: trouble,
	};
};
