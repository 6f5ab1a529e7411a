import {operationCounts} from '../../../session/state/run-state.js';
import {type SessionState} from '../../../session/state/session-state.js';
import {truncateEnd} from '../../components/text/truncate.js';
import {useSessionState} from '../../hooks/use-session.js';
import {useTheme} from '../../hooks/use-theme.js';
import {Text} from '../../components/text/text.js';

/** What happens if somebody leaves while changes are made, or after they failed; after Ctrl-C, what is happening. */
export const QuitNote = ({columns}: {readonly columns: number}) => {
	const {glyphs, styles} = useTheme();
	const state = useSessionState();
	return (
		<Text {...(state.interrupts > 0 ? styles.warning : styles.secondary)} wrap="truncate">
			{truncateEnd(`  ${noteOf(state, columns)}`, columns, glyphs.more)}
		</Text>
	);
};

const noteOf = ({run, answers, interrupts, phase}: SessionState, columns: number): string => {
	if (phase === 'applied') return '';
	if (interrupts > 0)
		return `Finishing the calls under way${columns < 70 ? '' : ', then stopping'}. ^C again stops now.`;
	if (answers.environment === 'sandbox') return 'If you stop now, nothing stays: the sandbox goes.';
	const {created, updated, deleted} = operationCounts(run);
	const changes = created + updated + deleted;
	if (changes === 0) return 'If you stop now, calls in progress finish and nothing new starts.';
	if (run.undo) return 'If you stop now, what is undone stays undone. The same undo goes on.';
	return `If you stop now, ${changes} ${changes === 1 ? 'change stays' : 'changes stay'}. The next run goes on.`;
};
