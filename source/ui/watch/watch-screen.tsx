import {completedAnswers} from '../../session/state/defaults.js';
import {wayOf} from '../../session/state/reduce-session.js';
import {useOnce} from '../hooks/use-once.js';
import {useSession, useSessionValues} from '../hooks/use-session.js';
import {useWizardFrame} from '../components/frame/use-wizard-frame.js';
import {type ScreenProps} from '../components/frame/screen-props.js';
import {WatchPage} from './watch-page.js';

/** The wizard's last step: sends test files and shows what becomes of each, until the person has seen enough. */
export const WatchScreen = ({onLeave}: ScreenProps) => {
	const session = useSession();
	useStart();
	// The watch's own first row tells both ends.
	const {steps} = useWizardFrame();
	const {hasExisting} = useSessionValues((state) => ({hasExisting: wayOf(state).hasExisting}));
	return (
		<WatchPage
			frame={{steps}}
			onLeave={onLeave}
			onBack={() => session.back()}
			onCopy={hasExisting ? () => session.offerCopy() : undefined}
			isWizard
		/>
	);
};

/** Starts the watch when the screen appears. */
const useStart = (): void => {
	const session = useSession();
	useOnce(() => {
		// Back from an undo that was only looked at.
		if (session.getState().phase === 'watched' && session.getState().errand === 'set-up') {
			void session.watchAgain();
			return;
		}

		if (session.getState().errand !== 'set-up') {
			void session.watchExisting();
			return;
		}

		const {testFileCount, testFileSizeBytes} = completedAnswers(session.getState());
		// What failed before a mend is the test of it.
		const isMended = session.watchView.counts(0).objects.failed > 0;
		void session.watchPlanned({
			staysOpen: true,
			followsOthers: true,
			resendsFailed: isMended,
			fileCount: isMended ? 0 : testFileCount,
			fileSizeBytes: testFileSizeBytes,
		});
	});
};
