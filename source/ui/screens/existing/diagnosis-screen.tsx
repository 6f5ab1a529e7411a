import {useEffect, useState} from 'react';
import type {DiagnosedRule} from '../../../session/state/diagnosed-rule.js';
import {existingText} from '../../../domain/batch/existing-objects.js';
import type {Profile} from '../../../domain/profile.js';
import {isWrong} from '../../../domain/diagnose/finding.js';
import {valueOf} from '../../../session/state/loadable.js';
import {exportText} from '../../components/text/export-text.js';
import {causeLines} from '../../components/documents/cause-lines.js';
import {FilterList, filterListKeys} from '../../components/fields/filter-list.js';
import {Frame} from '../../components/frame/frame.js';
import {useWizardFrame} from '../../components/frame/use-wizard-frame.js';
import type {ScreenProps} from '../../components/frame/screen-props.js';
import {ProblemList, problemListKeys} from '../../components/problems/problem-list.js';
import {type Line, plain, quiet, type Span} from '../../components/text/line.js';
import {Painted} from '../../components/text/painted.js';
import {Paragraph, Pending} from '../../components/text/paragraph.js';
import {scrolledLines} from '../../components/text/scrolled-lines.js';
import {truncateEnd, wrapText} from '../../components/text/truncate.js';
import {useBody} from '../../hooks/use-body.js';
import {type KeyBinding, useKeys, when} from '../../hooks/use-keys.js';
import {useLeaveKeys} from '../../hooks/use-leave-keys.js';
import {useListCursor} from '../../hooks/use-list-cursor.js';
import {scrollKeys, useScroll} from '../../hooks/use-scroll.js';
import {useSession, useSessionState} from '../../hooks/use-session.js';
import {useTheme} from '../../hooks/use-theme.js';
import {bucketOfArn} from '../../../domain/arn.js';
import {ruleName} from '../../../domain/rule/rule-name.js';
import {filterOf, filterText} from '../../../domain/rule/rule-filter.js';
import type {Glyphs} from '../../theme.js';

type Mode = 'list' | 'causes' | 'profiles';

const keyOf = ({rule}: DiagnosedRule): string => `${rule.ID ?? ''} ${rule.Destination.Bucket}`;
const profileKeyOf = ({name}: Profile): string => name;
const noRules: readonly DiagnosedRule[] = [];
const noProfiles: readonly Profile[] = [];

const helpNotes = [
	'✓ nothing is wrong; ✗ S3 fails here; ! nobody here can know; ? nobody here sees the destination.',
	'Nothing is changed by looking. A mend is shown as a plan first.',
	'The watch uploads when you press u, with prefix and tags of the rule.',
];

/** Every rule of the bucket with its destination: what works, what would fail and why, and what mends it. */
export const DiagnosisScreen = ({onLeave}: ScreenProps) => {
	const session = useSession();
	const {diagnosis, run} = useSessionState();
	const [mode, setMode] = useState<Mode>('list');
	const [focus, setFocus] = useState<string>();
	const [exported, setExported] = useState<string>();
	const rules = valueOf(diagnosis) ?? noRules;
	const focused = rules.find((one) => keyOf(one) === focus) ?? rules[0];
	const look = (): void => void session.diagnoseExisting();
	useEffect(look, [session]);

	const {back, quit} = useLeaveKeys(onLeave);
	const leaving = [back, quit];
	const again: KeyBinding = {keys: ['r'], label: 'look again', action: look};
	const mend = focused?.mend;
	const mending: readonly KeyBinding[] = mend
		? [{keys: ['x'], label: 'mend', action: () => session.mendRule(mend.answers)}]
		: [];
	const copyExisting = (): void => {
		session.chooseErrand('copy');
		session.offerCopy();
	};
	const close: KeyBinding = {keys: ['escape', 'd', 'left'], label: 'close', action: () => setMode('list')};
	const list: readonly KeyBinding[] = [
		{keys: ['up', 'down'], label: 'move'},
		{keys: ['d', 'right'], label: 'why', action: () => setMode('causes'), isHidden: !focused?.causes.length},
		...mending,
		{
			keys: ['enter'],
			label: 'watch',
			action() {
				session.chooseWatchedRule(focused?.rule.ID);
				session.next();
			},
		},
		...when(focused?.isDestinationSeen === false, {
			keys: ['P'],
			label: 'profile',
			action: () => setMode('profiles'),
		}),
		...when(run.batch?.existing !== undefined, {
			keys: ['B'],
			label: 'copy existing',
			action: copyExisting,
		}),
		{
			keys: ['e'],
			label: 'export',
			action: () => void session.exportShown().then((result) => setExported(exportText(result))),
		},
		again,
		...leaving,
	];
	const bindings: Readonly<Record<Mode, readonly KeyBinding[]>> = {
		list:
			diagnosis.state === 'ready'
				? list
				: diagnosis.state === 'failed'
					? [again, ...problemListKeys, ...leaving]
					: leaving,
		causes: [...scrollKeys, ...mending, close],
		profiles: [...filterListKeys, {keys: ['escape'], label: 'close', action: () => setMode('list')}],
	};
	return (
		<Frame {...useWizardFrame()} bindings={bindings[mode]} helpNotes={helpNotes}>
			{mode === 'profiles' && focused ? (
				<Profiles
					destination={focused.rule.Destination.Bucket}
					onChoose={(name) => {
						setMode('list');
						void session.nameDestinationProfile(name);
					}}
				/>
			) : mode === 'causes' && focused ? (
				<Causes focused={focused} />
			) : (
				<Rules rules={rules} exported={exported} onFocus={setFocus} />
			)}
		</Frame>
	);
};

const Rules = ({
	rules,
	exported,
	onFocus,
}: {
	readonly rules: readonly DiagnosedRule[];
	/** What became of an export. */
	readonly exported: string | undefined;
	readonly onFocus: (key: string) => void;
}) => {
	const {columns, rows} = useBody();
	const {glyphs} = useTheme();
	const {diagnosis, answers, run} = useSessionState();
	const lines = rules.map((one) => diagnosedLines(one, glyphs, columns));
	const existing = run.batch?.existing && existingText(run.batch.existing);
	const said = existing === undefined ? [] : wrapText(existing, columns - 5);
	const head: readonly Line[] = [
		[
			plain(
				`  ${rules.length} ${rules.length === 1 ? 'rule' : 'rules'}, ${wrongIn(rules)} with something wrong`,
			),
		],
		...said.map((text, index): Line => [
			{text: index === 0 ? `  ${glyphs.warning} ` : '    ', role: 'warning'},
			plain(text),
		]),
		...(exported === undefined
			? []
			: wrapText(exported, columns - 2).map((text): Line => [plain(`  ${text}`)])),
		[],
	];
	const listRows = Math.max(2, rows - head.length);
	const cursor = useListCursor({
		keys: rules.map(keyOf),
		rows: listRows,
		lineCount: lines.flat().length,
		lineOf: (index) => lines.slice(0, index).flat().length,
	});
	useKeys(cursor.bindings, {isActive: rules.length > 0});
	const focused = rules[cursor.index];
	const key = focused && keyOf(focused);
	useEffect(() => {
		if (key !== undefined) onFocus(key);
	}, [key, onFocus]);

	if (diagnosis.state === 'failed') return <ProblemList problems={[diagnosis.problem]} />;
	if (diagnosis.state !== 'ready')
		return (
			<Pending text={`Reading the rules of ${answers.sourceBucket ?? ''}, its role and its destinations`} />
		);
	const shown = lines.flatMap((own, index) =>
		own.map((line, at): Line => [
			plain(at === 0 && index === cursor.index ? ` ${glyphs.focus} ` : '   '),
			...line,
		]),
	);
	// Below the rules, as far as they leave room.
	const remarks = (run.diagnosed?.remarks ?? []).flatMap((remark): readonly Line[] => [
		[],
		...wrapText(remark, columns - 5).map((text, index): Line => [
			quiet(`  ${index === 0 ? glyphs.skipped : ' '} ${text}`),
		]),
	]);
	return (
		<Painted
			width={columns}
			rows={rows}
			draw={() => [...head, ...shown.slice(cursor.top, cursor.top + listRows), ...remarks].slice(0, rows)}
		/>
	);
};

const wrongIn = (rules: readonly DiagnosedRule[]): number =>
	rules.filter(({causes}) => causes.some(isWrong)).length;

const Causes = ({focused}: {readonly focused: DiagnosedRule}) => {
	const {columns, rows} = useBody();
	const {glyphs} = useTheme();
	const lines = causeLines(focused.causes, glyphs, columns);
	const {top} = useScroll(lines.length, rows, true);
	return <Painted width={columns} rows={rows} draw={() => scrolledLines(lines, {top, rows, glyphs})} />;
};

const profileColumns = [
	{title: 'PROFILE', width: 'rest', textOf: profileKeyOf},
	{title: 'ACCOUNT', width: 14, textOf: ({accountId = ''}: Profile) => accountId},
	{title: 'KIND', width: 14, textOf: ({kind}: Profile) => kind},
] as const;
const profileTexts = ({name, accountId = '', kind}: Profile): readonly string[] => [name, accountId, kind];

const Profiles = ({
	destination,
	onChoose,
}: {
	readonly destination: string;
	readonly onChoose: (profile: string) => void;
}) => {
	const {columns, rows} = useBody();
	const session = useSession();
	const {profiles} = useSessionState();
	useEffect(() => {
		if (profiles.state === 'idle') void session.loadProfiles();
	}, [session, profiles.state]);
	return (
		<>
			<Paragraph
				role="strong"
				text={`Which profile belongs to the account of ${destination.replace(/^.*:::/, '')}?`}
			/>
			<FilterList
				items={valueOf(profiles) ?? noProfiles}
				keyOf={profileKeyOf}
				textsOf={profileTexts}
				columns={profileColumns}
				noun="profiles"
				width={columns}
				rows={rows - 1}
				emptyText="No profile matches. Esc clears the filter."
				noneText="No profiles found yet."
				onChoose={({name}) => onChoose(name)}
			/>
		</>
	);
};

/** A rule with its destination, and what was found of it: a row each, over what it has of room. */
const diagnosedLines = (one: DiagnosedRule, glyphs: Glyphs, width: number): readonly Line[] => {
	const {rule, causes} = one;
	const {sign, role, text} = verdictOf(one, glyphs);
	const room = Math.max(10, width - 6);
	const takes = filterText(filterOf(rule));
	const head = `${ruleName(rule)}: ${takes} ${glyphs.arrow} ${bucketOfArn(rule.Destination.Bucket)}`;
	const told = causes.length > 1 ? `${text} (and ${causes.length - 1} more)` : text;
	return [
		[{text: `${sign} `, role}, plain(truncateEnd(head, room, glyphs.more))],
		[quiet(`  ${truncateEnd(told, room - 2, glyphs.more)}`)],
	];
};

type Verdict = Pick<Span, 'role'> & {readonly sign: string; readonly text: string};

const verdictOf = ({rule, causes, isDestinationSeen}: DiagnosedRule, glyphs: Glyphs): Verdict => {
	const [first] = causes;
	if (first && isWrong(first))
		return {sign: glyphs.failed, role: 'error', text: `${first.reason}  ${first.headline}`};
	if (rule.Status !== 'Enabled')
		return {sign: glyphs.skipped, role: 'secondary', text: 'It is disabled: it replicates nothing.'};
	if (isDestinationSeen === false)
		return {sign: '?', role: 'pending', text: 'No profile sees the destination: P chooses one.'};
	if (first) return {sign: glyphs.warning, role: 'warning', text: first.headline};
	return {sign: glyphs.ok, role: 'ok', text: 'Nothing is wrong.'};
};
