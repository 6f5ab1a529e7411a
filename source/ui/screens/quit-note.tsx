import {operationCounts} from '../../session/state/run-state.js';
import {type SessionState} from '../../session/state/session-state.js';
import {truncateEnd} from '../components/truncate.js';
import {useSessionState} from '../hooks/use-session.js';
import {useTheme} from '../hooks/use-theme.js';
import {Text} from '../components/text.js';

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
	if (answers.environment === 'sandbox') return 'If you quit now: nothing stays; the sandbox is gone then.';
	const {created, updated, deleted} = operationCounts(run);
	const changes = created + updated + deleted;
	if (changes === 0) return 'If you quit now: only the calls under way are finished.';
	if (run.undo) return 'If you quit now: what is taken back stays so; the same undo goes on.';
	return `If you quit now: ${changes} ${changes === 1 ? 'change stays' : 'changes stay'}; the next run goes on.`;
};
