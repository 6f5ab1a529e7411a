import {Box, Text} from 'ink';
import {type ReactNode, useState, useSyncExternalStore} from 'react';
import {describe, expect, test, vi} from 'vitest';
import {Choice, choiceKeys} from '../../source/ui/components/fields/choice.js';
import {FilterList, filterListKeys, type ListColumn} from '../../source/ui/components/fields/filter-list.js';
import {Frame} from '../../source/ui/components/frame/frame.js';
import {JsonView} from '../../source/ui/components/documents/json-view.js';
import {scrollKeys} from '../../source/ui/hooks/use-scroll.js';
import {ProblemPanel} from '../../source/ui/components/problems/problem-panel.js';
import {ProgressBar} from '../../source/ui/components/text/progress-bar.js';
import {type FrameStep} from '../../source/ui/components/frame/step-line.js';
import {TextField, textFieldKeys} from '../../source/ui/components/fields/text-field.js';
import {displayWidth} from '../../source/ui/components/text/truncate.js';
import {useBody} from '../../source/ui/hooks/use-body.js';
import {useNow} from '../../source/ui/hooks/use-now.js';
import {useKeys} from '../../source/ui/hooks/use-keys.js';
import {createTheme} from '../../source/ui/theme.js';
import {createHandClock} from '../support/hand-clock.js';
import {renderScreen, screenSizes} from '../support/render-screen.js';
import {sampled} from '../support/sampled.js';

/** A value the test changes while a component shows it. */
const createSource = <T,>(initial: T) => {
	const listeners = new Set<() => void>();
	let value = initial;
	return {
		get: () => value,
		set(next: T) {
			value = next;
			for (const listener of listeners) listener();
		},
		subscribe(listener: () => void) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
	};
};

const titles = ['Environment', 'Mode', 'Accounts', 'Buckets', 'Options', 'Plan', 'Apply', 'Watch'];
const states = ['done', 'done', 'review', 'current', 'todo', 'todo', 'todo', 'todo'] as const;
const steps: readonly FrameStep[] = titles.map((title, index) => ({title, state: states[index] ?? 'todo'}));

type Profile = {readonly name: string; readonly account: string};

const profiles: readonly Profile[] = Array.from({length: 214}, (_, index) => ({
	name: `profile-${index}-日本語-with-a-name-that-is-rather-long-for-a-list`,
	account: String(111122223333 + index),
}));
const keyOf = ({name}: Profile) => name;
const textsOf = ({name, account}: Profile) => [name, account];
const columns: readonly ListColumn<Profile>[] = [
	{title: 'PROFILE', width: 'rest', textOf: ({name}) => name, cut: 'middle'},
	{title: 'ACCOUNT', width: 12, textOf: ({account}) => account, roleOf: () => 'secondary'},
];

type ListProps = {
	readonly items?: readonly Profile[];
	readonly onChoose?: (profile: Profile) => void;
	readonly onHighlight?: (profile: Profile) => void;
	readonly noneText?: string;
};

const List = ({items = profiles, onChoose = () => undefined, onHighlight, noneText}: ListProps) => {
	const body = useBody();
	return (
		<FilterList
			items={items}
			keyOf={keyOf}
			textsOf={textsOf}
			columns={columns}
			noun="profiles"
			width={body.columns}
			rows={body.rows}
			emptyText="No profile matches. Esc clears the filter."
			noneText={noneText}
			onChoose={onChoose}
			onHighlight={onHighlight}
		/>
	);
};

type FieldProps = {readonly onSubmit?: (value: string) => void};

const Field = ({onSubmit = () => undefined}: FieldProps) => {
	const body = useBody();
	const [value, setValue] = useState('my-role');
	return (
		<TextField
			label="role name"
			value={value}
			defaultValue="my-role"
			onChange={setValue}
			onSubmit={onSubmit}
			width={body.columns}
			problem={
				value.includes(' ')
					? 'A role name has letters, digits and +=,.@-_ only, and at most 64 of them, as the IAM user guide says.'
					: undefined
			}
		/>
	);
};

const choices = [
	{value: 'crr', label: 'Cross-Region Replication', detail: 'two buckets of one account'},
	{
		value: 'car',
		label: 'Cross-Account Replication',
		detail: 'a bucket of another account, which has to let you write there',
	},
	{
		value: 'undo',
		label: 'Undo',
		detail: 'the run of today: ',
		names: 'my-source-of-one-account-with-a-long-name → my-destination-of-another-account',
	},
];

const document = {
	Version: '2012-10-17',
	Statement: Array.from({length: 12}, (_, index) => ({
		Sid: `Statement${index}`,
		Resource: `arn:aws:s3:::${'bucket-'.repeat(8)}${index}/*`,
	})),
};

const Body = ({children}: {readonly children: (columns: number, rows: number) => ReactNode}) => {
	const body = useBody();
	return children(body.columns, body.rows);
};

const problem = {
	headline: 'Cannot create the bucket my-bucket: the name is taken by somebody else',
	cause:
		'CreateBucket answered 409 BucketAlreadyExists (request id 4442587FB7D0A2F9). Bucket names are shared by all accounts of a partition.',
	nextSteps: [
		'Choose another name; one with your account id in it is free most of the time',
		'Choose a bucket you own',
	],
};

const inFrame = (bindings: Parameters<typeof Frame>[0]['bindings'], body: ReactNode) => (
	<Frame steps={steps} context="my-source-account → my-destination-account" bindings={bindings}>
		{body}
	</Frame>
);

const examples: readonly (readonly [string, ReactNode])[] = [
	['list', inFrame(filterListKeys, <List />)],
	['empty list', inFrame(filterListKeys, <List items={[]} />)],
	['field', inFrame(textFieldKeys, <Field />)],
	[
		'choice',
		inFrame(
			choiceKeys,
			<Body>{(width) => <Choice items={choices} width={width} onChoose={() => undefined} />}</Body>,
		),
	],
	['problem', inFrame([], <Body>{(width) => <ProblemPanel {...problem} width={width} />}</Body>)],
	[
		'JSON',
		inFrame(
			scrollKeys,
			<Body>{(width, rows) => <JsonView value={document} width={width} rows={rows} />}</Body>,
		),
	],
	['bar', inFrame([], <Body>{(width) => <ProgressBar done={5} total={9} width={width} />}</Body>)],
	[
		'body that is far too high and wide',
		inFrame(
			[],
			<Box flexDirection="column">
				{Array.from({length: 100}, (_, index) => (
					<Text key={index}>{'日本語 '.repeat(60)}</Text>
				))}
			</Box>,
		),
	],
];

const cases = examples.flatMap(([name, element]) =>
	screenSizes.flatMap((size) =>
		[true, false].map((hasUnicode) => ({
			name,
			element,
			...size,
			hasUnicode,
			signs: hasUnicode ? 'Unicode' : 'ASCII',
		})),
	),
);

test.each(sampled('components', cases, 6))(
	'$name at $columns x $rows in $signs stays within its frame',
	async ({element, columns: width, rows, hasUnicode}) => {
		const screen = await renderScreen(element, {
			columns: width,
			rows,
			theme: createTheme({hasColour: false, hasUnicode}),
		});
		await screen.waitFor('? help');
		const lines = screen.lines();
		const rule = (hasUnicode ? '─' : '-').repeat(width);
		expect(Math.max(...lines.map(displayWidth))).toBe(width);
		expect(lines[0]).toMatch(/^ s3-replicate {2}.*count$/);
		expect([lines[1], lines[rows - 3]]).toEqual([rule, rule]);
		expect(lines[rows - 2]).toMatch(/\? help$/);
		expect(lines[rows - 1]).toBe('');
		expect(screen.output()).not.toContain('\u001B[3J');
	},
);

describe('frame', () => {
	test('shows steps as dots below 100 columns and as words from there on', async () => {
		const narrow = await renderScreen(<Frame steps={steps} bindings={[]} children={null} />, {columns: 99});
		expect(narrow.lines()[0]).toBe(' s3-replicate  ✓✓●●○○○○  4/8 Buckets');
		const wide = await renderScreen(<Frame steps={steps} bindings={[]} children={null} />, {columns: 120});
		expect(wide.lines()[0]).toContain('✓ Environment  ✓ Mode  ● Accounts  ● Buckets  ○ Options');
	});

	test.each([60, 80, 120])('keeps the arrow between two long names at %i columns', async (columns) => {
		const screen = await renderScreen(inFrame([], null), {columns});
		expect(screen.lines()[0]).toMatch(/ m[^ ]*…[^ ]*t → m[^ ]*…[^ ]*t$/);
	});

	test('falls back to dots where the words do not fit', async () => {
		const screen = await renderScreen(inFrame([], null), {columns: 100});
		expect(screen.lines()[0]).toContain('✓✓●●○○○○  4/8 Buckets');
	});

	test('a bound key acts, the table makes the hints and the help, and help covers the keys', async () => {
		const onQuit = vi.fn();
		const screen = await renderScreen(
			<Frame
				title="Watch"
				bindings={[
					{keys: ['q'], label: 'quit', action: onQuit},
					{keys: ['ctrl+l'], label: 'draw again', action: () => undefined, isHidden: true},
				]}
				helpNotes={['PENDING is what S3 itself reports.']}
			>
				<Text>the body</Text>
			</Frame>,
		);
		expect(await screen.waitFor('q quit')).not.toContain('draw again');
		screen.type('?');
		const help = await screen.waitFor('Keys that work here');
		expect(help).toContain('draw again');
		expect(help).toContain('PENDING is what S3 itself reports.');
		expect(help).not.toContain('the body');
		screen.type('qq');
		await screen.waitFor('the body');
		await vi.waitFor(() => expect(onQuit).toHaveBeenCalledTimes(1));
	});

	test('asks for room when the terminal is too small, and nothing typed meanwhile acts', async () => {
		const onChoose = vi.fn();
		const onUnused = vi.fn();
		// Further out than the frame: hears what nobody inside has used.
		const Outside = () => {
			useKeys([{keys: ['enter'], label: 'unused', action: onUnused}]);
			return null;
		};
		const screen = await renderScreen(
			<>
				<Outside />
				{inFrame(filterListKeys, <List onChoose={onChoose} />)}
			</>,
		);
		await screen.waitFor('214 of 214');
		screen.type('profile-7');
		await screen.waitFor('profile-7▏');
		screen.resize({columns: 52, rows: 14});
		expect(await screen.waitFor('needs')).toBe('needs 60x16, has 52x14');
		screen.press('enter');
		await vi.waitFor(() => expect(onUnused).toHaveBeenCalledTimes(1));
		screen.resize({columns: 80, rows: 24});
		expect(await screen.waitFor('? help')).toContain('profile-7▏');
		expect(onChoose).not.toHaveBeenCalled();
		expect(screen.output()).not.toContain('\u001B[3J');
	});

	test('Ctrl-C reaches the program and nothing else happens', async () => {
		const screen = await renderScreen(inFrame(filterListKeys, <List />));
		await screen.waitFor('? help');
		screen.press('ctrlC', 'ctrlC');
		expect(screen.interrupts()).toBe(2);
		expect(screen.frame()).toContain('214 of 214');
		expect([screen.isRaw(), screen.isAlternate()]).toEqual([true, true]);
		screen.app.leave();
		screen.app.leave();
		await vi.waitFor(() => expect(screen.isAlternate()).toBe(false));
		expect(screen.isRaw()).toBe(false);
		await screen.app.waitUntilExit();
	});
});

describe('filter list', () => {
	test('typing filters, the count tells, and Enter chooses the best match', async () => {
		const onChoose = vi.fn();
		const screen = await renderScreen(inFrame(filterListKeys, <List onChoose={onChoose} />));
		await screen.waitFor('214 of 214 profiles');
		screen.type('profile-21');
		await screen.waitFor('7 of 214 profiles');
		screen.press('enter');
		await vi.waitFor(() => expect(onChoose).toHaveBeenCalledExactlyOnceWith(profiles[21]));
	});

	test('Esc clears the filter first and only then leaves', async () => {
		const onBack = vi.fn();
		const screen = await renderScreen(
			inFrame([...filterListKeys, {keys: ['escape'], label: 'back', action: onBack}], <List />),
		);
		await screen.waitFor('? help');
		screen.type('zzz');
		await screen.waitFor('No profile matches. Esc clears the filter.');
		screen.press('escape');
		await screen.waitFor('214 of 214');
		expect(onBack).not.toHaveBeenCalled();
		screen.press('escape');
		await vi.waitFor(() => expect(onBack).toHaveBeenCalledTimes(1));
	});

	test('only the visible rows are drawn, and moving scrolls them', async () => {
		const onHighlight = vi.fn();
		const screen = await renderScreen(inFrame(filterListKeys, <List onHighlight={onHighlight} />));
		expect(await screen.waitFor('▸ profile-0')).toContain('…198 more');
		screen.press('end');
		await screen.waitFor('▸ profile-213');
		expect(onHighlight).toHaveBeenLastCalledWith(profiles[213]);
		screen.press('pageUp', 'up');
		await screen.waitFor('▸ profile-196');
		screen.press('home');
		await screen.waitFor('▸ profile-0');
	});

	test('the highlighted item stays highlighted while items arrive before it', async () => {
		const arrivals = createSource<readonly Profile[]>([]);
		const Arriving = () => <List items={useSyncExternalStore(arrivals.subscribe, arrivals.get)} />;
		const screen = await renderScreen(inFrame(filterListKeys, <Arriving />));
		await screen.waitFor(/no \w+ yet/);
		arrivals.set(profiles.slice(100, 110));
		await screen.waitFor('▸ profile-100');
		arrivals.set(profiles);
		expect(await screen.waitFor('214 of 214')).toContain('▸ profile-100');
	});

	test('a name from outside cannot steer the terminal', async () => {
		const screen = await renderScreen(
			inFrame(filterListKeys, <List items={[{name: 'evil\u001B[2J\u202Ename', account: '1'}]} />),
		);
		await screen.waitFor(String.raw`evil\x1b[2J\u202ename`);
	});
});

describe('text field', () => {
	test('marks a value that differs from its default, says what is wrong, and ^U clears it', async () => {
		const screen = await renderScreen(inFrame(textFieldKeys, <Field />));
		expect(await screen.waitFor('my-role')).not.toContain('•');
		screen.press('end');
		screen.type(' x');
		expect(await screen.waitFor('• role name  my-role x')).toContain('✗ A role name has letters');
		screen.press('ctrlU');
		expect(await screen.waitFor((frame) => !frame.includes('•'))).not.toContain('A role name has letters');
	});

	test('Enter gives what was typed, all of it', async () => {
		const onSubmit = vi.fn();
		const screen = await renderScreen(inFrame(textFieldKeys, <Field onSubmit={onSubmit} />));
		await screen.waitFor('? help');
		screen.press('end');
		screen.type('-two\r');
		await vi.waitFor(() => expect(onSubmit).toHaveBeenCalledExactlyOnceWith('my-role-two'));
	});

	test('a question mark opens the help instead of being typed', async () => {
		const screen = await renderScreen(inFrame(textFieldKeys, <Field />));
		await screen.waitFor('? help');
		screen.type('?');
		await screen.waitFor('Keys that work here');
		screen.press('escape');
		expect(await screen.waitFor('role name')).not.toContain('my-role?');
	});
});

test.each([true, false])(
	'every row of a choice begins in the same column (Unicode: %s)',
	async (hasUnicode) => {
		const screen = await renderScreen(
			inFrame(
				choiceKeys,
				<Body>{(width) => <Choice items={choices} width={width} onChoose={() => undefined} />}</Body>,
			),
			{columns: 80, rows: 16, theme: createTheme({hasColour: false, hasUnicode})},
		);
		const shown = (await screen.waitFor('? help')).split('\n');
		const starts = choices.map(({label}) => shown.find((row) => row.includes(label))?.indexOf(label));
		expect(starts).toEqual([5, 5, 5]);
		expect(shown.find((row) => row.includes('Undo'))).toContain(hasUnicode ? ' → ' : ' -> ');
	},
);

test('a list without items does not say that nothing matches', async () => {
	const screen = await renderScreen(inFrame(filterListKeys, <List items={[]} noneText="There are none." />));
	expect(await screen.waitFor('There are none.')).not.toContain('No profile matches');
});

test('a choice is made with arrows and Enter typed in one go', async () => {
	const onChoose = vi.fn();
	const screen = await renderScreen(
		inFrame(choiceKeys, <Choice items={choices} initialValue="car" width={80} onChoose={onChoose} />),
	);
	expect(await screen.waitFor('? help')).toContain('▸ Cross-Account Replication   a bucket of another');
	screen.press('up', 'enter');
	await vi.waitFor(() => expect(onChoose).toHaveBeenCalledExactlyOnceWith('crr'));
});

test('a JSON document scrolls to its end', async () => {
	const screen = await renderScreen(inFrame(scrollKeys, <JsonView value={document} width={80} rows={10} />));
	await screen.waitFor('"Version": "2012-10-17"');
	screen.press('end');
	expect(await screen.waitFor('Statement11')).toMatch(/lines \d+-(\d+) of \1/);
});

test('a clock that stands still draws nothing and one that runs follows the time', async () => {
	const clock = createHandClock(1000);
	const running = createSource(true);
	const Shown = () => <Text>now {useNow(useSyncExternalStore(running.subscribe, running.get))}</Text>;
	const screen = await renderScreen(<Shown />, {clock});
	await screen.waitFor('now 1000');
	clock.tick();
	await screen.waitFor('now 2000');
	running.set(false);
	await vi.waitFor(() => expect(clock.watchers()).toBe(0));
});
