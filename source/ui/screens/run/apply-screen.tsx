import {useEffect, useState} from 'react';
import {Frame} from '../../components/frame/frame.js';
import {usePlainStreamKey} from '../../components/text/plain-stream.js';
import {useOpenRow} from '../../components/documents/use-open-row.js';
import {KeyLayer} from '../../hooks/key-root.js';
import {problemPageKeys} from '../../components/problems/problem-list.js';
import {type KeyBinding, when} from '../../hooks/use-keys.js';
import {useLeaveKeys} from '../../hooks/use-leave-keys.js';
import {useOnce} from '../../hooks/use-once.js';
import {useSession, useSessionState} from '../../hooks/use-session.js';
import {useWizardFrame} from '../../components/frame/use-wizard-frame.js';
import {ApplyProgress} from './apply-progress.js';
import {type ScreenProps} from '../../components/frame/screen-props.js';
import {stopKey} from '../../components/frame/stop-key.js';

const helpNotes = [
	'Operations that do not depend on each other run side by side. What is not visible yet is waited for.',
	'^C finishes the calls under way, begins nothing new and ends with the summary.',
];

/** Makes the changes of the plan, one row each; goes on by itself when all are made. */
export const ApplyScreen = ({onLeave}: ScreenProps) => {
	const session = useSession();
	const {phase, isRecorded, interrupts, run} = useSessionState();
	const [isDone, setIsDone] = useState(false);
	const row = useOpenRow(run.operations.map(({operation}) => operation));
	const frame = useWizardFrame();
	const stream = usePlainStreamKey();
	const {back, quit} = useLeaveKeys(onLeave);

	useOnce(() => {
		void session.apply().then((isApplied) => {
			// Ctrl-C waits for the calls under way: now they are finished.
			if (session.getState().interrupts > 0) onLeave();
			else if (isApplied) setIsDone(true);
			// Somebody changed what the plan was made from: it is shown anew.
			else if (session.getState().phase === 'asking') session.back();
		});
	});
	// Who reads a document goes on when it is closed.
	const goesOn = isDone && !row.isOpen;
	useEffect(() => {
		if (!goesOn) return;
		// Of a hand-over that nobody has confirmed the rest waits: the plan says for whom.
		const {handedOver} = session.getState();
		if (handedOver && !handedOver.receipt.confirmation) session.back();
		else session.next();
	}, [goesOn, session]);

	const failed: readonly KeyBinding[] = [
		{...back, keys: ['r'], label: 'plan again'},
		...when(isRecorded, {keys: ['U'], label: 'undo', action: () => void session.openUndo(session.runId)}),
		...row.listKeys,
		...problemPageKeys,
		back,
		quit,
	];
	return (
		<Frame
			{...frame}
			bindings={
				row.isOpen
					? [...row.documentKeys, ...when(phase === 'applying', stopKey(interrupts))]
					: phase === 'apply-failed'
						? failed
						: [stopKey(interrupts), ...row.listKeys, stream]
			}
			helpNotes={helpNotes}
		>
			<KeyLayer>
				<ApplyProgress row={row} />
			</KeyLayer>
		</Frame>
	);
};
