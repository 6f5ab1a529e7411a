import {Box} from 'ink';
import {undoLine} from '../../../domain/undo/undo-text.js';
import {endpointsText} from '../../../domain/endpoint/service-endpoints.js';
import {undoChangeCount, undoCounts, type UndoPlan} from '../../../domain/undo/undo-plan.js';
import {Paragraph} from '../../components/text/paragraph.js';
import {truncateEnd, wrapText} from '../../components/text/truncate.js';
import {useBody} from '../../hooks/use-body.js';
import {useKeys} from '../../hooks/use-keys.js';
import {useListCursor} from '../../hooks/use-list-cursor.js';
import {useSessionState} from '../../hooks/use-session.js';
import {useTheme} from '../../hooks/use-theme.js';
import {Text} from '../../components/text/text.js';

type Line = {
	readonly key: string;
	readonly text: string;
	readonly role: 'plain' | 'secondary' | 'warning';
};

/** What taking a run back will do, step by step in the order it is done, and what cannot be taken back. */
export const UndoPlanView = ({plan}: {readonly plan: UndoPlan}) => {
	const {columns, rows} = useBody();
	const {glyphs, styles} = useTheme();
	const {planChanges, answers, alsoUndoable, run} = useSessionState();
	const lines: readonly Line[] = [
		...plan.steps.map(({operation, reason}) => ({
			key: operation.id,
			text: undoLine(operation, reason?.text),
			role: operation.change === 'keep' ? ('secondary' as const) : ('plain' as const),
		})),
		...[...planChanges, ...plan.notes].flatMap((note, noteIndex) =>
			wrapText(note, columns - 6).map((text, index) => ({
				key: `note ${noteIndex} ${index}`,
				text: `${index === 0 ? '!' : ' '} ${text}`,
				role: 'warning' as const,
			})),
		),
	];
	const buckets = plan.runs.at(-1)?.buckets.join(` ${glyphs.arrow} `) ?? '';
	const startedAt = new Date(plan.runs.at(-1)?.at ?? 0).toISOString().slice(0, 16).replace('T', ' ');
	const placeText = `${startedAt} UTC   ${buckets}   at ${endpointsText(run.endpoints ?? [])}`;
	const hasPlace = rows >= 12;
	const listRows = Math.max(1, rows - (hasPlace ? 7 : 6));
	const cursor = useListCursor({keys: lines.map(({key}) => key), rows: listRows});
	useKeys(cursor.bindings, {isActive: lines.length > listRows});
	const {delete: deleted, update, keep} = undoCounts(plan);
	const hasChanges = undoChangeCount(plan) > 0;
	const note = hasChanges
		? answers.environment === 'sandbox'
			? ''
			: 'Press a to undo. Enter does nothing here.'
		: `Nothing is left to undo.${alsoUndoable ? ` Another run on these buckets can be undone: ${alsoUndoable.header.runId}.` : ''}`;
	const moreBelow = lines.length - cursor.top - listRows;
	return (
		<Box flexDirection="column" height={rows} overflow="hidden">
			<Paragraph
				width={columns}
				role="strong"
				text={
					plan.runs.length > 1
						? `Undoes a set-up of ${plan.runs.length} runs: rules, then access, then files and buckets.`
						: 'Undoes what this run did: rules, then access, then files and buckets.'
				}
			/>
			{hasPlace && (
				<Text {...styles.secondary} wrap="truncate">
					{truncateEnd(`  ${placeText}`, columns, glyphs.more)}
				</Text>
			)}
			<Text wrap="truncate">{`  - ${deleted} to delete   ~ ${update} to restore   = ${keep} to leave`}</Text>
			<Text> </Text>
			{lines.slice(cursor.top, cursor.top + listRows).map(({key, text, role}) => (
				<Text key={key} {...styles[role]} wrap="truncate">
					{truncateEnd(`   ${text}`, columns, glyphs.more)}
				</Text>
			))}
			<Text {...styles.secondary} wrap="truncate">
				{moreBelow > 0 ? `   ${glyphs.more}${moreBelow} more` : ' '}
			</Text>
			<Text {...(hasChanges ? styles.secondary : styles.ok)} wrap="truncate">
				{truncateEnd(`  ${note}`, columns, glyphs.more)}
			</Text>
		</Box>
	);
};
