import {operationCounts} from '../../../session/state/run-state.js';
import {type SessionState} from '../../../session/state/session-state.js';
import {Row} from '../../components/text/row.js';
import {useSessionState} from '../../hooks/use-session.js';
import {useTheme} from '../../hooks/use-theme.js';

type QuitNoteProps = {
	readonly columns: number;
	/** Whether somebody reads a document: what waits for its end is said. */
	readonly isReading: boolean;
	/** Whether it stands in the place of rows and problems: a failure is told here then. */
	readonly isAlone: boolean;
};

/** What has failed, whether or not more goes on. */
const failureOf = ({run, applyProblem, phase}: SessionState): string | undefined => {
	const failed = run.operations.find(({state}) => state === 'failed')?.problem;
	return (failed ?? (phase === 'apply-failed' ? applyProblem : undefined))?.headline;
};

/** What happens if somebody leaves while changes are made, or after they failed; after Ctrl-C, what is happening. */
export const QuitNote = ({columns, isReading, isAlone}: QuitNoteProps) => {
	const {glyphs} = useTheme();
	const state = useSessionState();
	const failed = isAlone ? failureOf(state) : undefined;
	if (failed !== undefined) return <Row role="error" text={`  ${glyphs.failed} ${failed}`} width={columns} />;
	if (isReading && state.phase === 'applied')
		return (
			<Row role="ok" text={`  ${glyphs.ok} All is done. Close the document to go on.`} width={columns} />
		);
	const role = state.interrupts > 0 ? 'warning' : 'secondary';
	return <Row role={role} text={`  ${noteOf(state, columns)}`} width={columns} />;
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
