import {Text} from 'ink';
import {expect, test, vi} from 'vitest';
import type {Connection} from '../../../source/aws/ports.js';
import {fixable, ProblemError} from '../../../source/domain/problem.js';
import type {FaultRule} from '../../../source/sandbox/start-sandbox.js';
import {durationText} from '../../../source/domain/text/duration-text.js';
import {textLines} from '../../../source/headless/text-lines.js';
import {App} from '../../../source/ui/app/app.js';
import {OperationRows} from '../../../source/ui/components/documents/operation-rows.js';
import {createHandClock} from '../../support/hand-clock.js';
import {until} from '../../support/until.js';
import {openedSandbox} from '../../support/asking-session.js';
import {renderAsking} from '../../support/render-asking.js';
import {sampled} from '../../support/sampled.js';
import {tutorialAnswers} from '../../support/sandbox-session.js';
import {renderScreen, screenSizes} from '../../support/render-screen.js';
import {expectWithinFrame} from '../../support/within-frame.js';
import {sessionAtStep} from '../../support/session-at-step.js';

const noLeave = (): void => undefined;

const withBuckets = (connection: Connection, buckets: Partial<Connection['buckets']>): Connection => ({
	...connection,
	buckets: {...connection.buckets, ...buckets},
});

test('applies by itself in the order of the plan and goes on to watching', async () => {
	const session = await sessionAtStep('plan', {answers: {testFileCount: 0}});
	const screen = await renderScreen(<App session={session} onLeave={noLeave} />);
	await screen.waitFor('⏎ apply');
	screen.press('enter');
	await screen.waitFor('9/9 Watch');
	const {operations} = session.getState().run;
	expect(operations.map(({state}) => state)).toEqual(operations.map(() => 'done'));
});

test('names Apply in the first row for as long as its screen is drawn', async () => {
	const session = await sessionAtStep('plan', {answers: {testFileCount: 0}});
	const clock = createHandClock();
	// A key draws its screen anew, before the data frame that the session's step waits for.
	const screen = await renderScreen(<App session={session} onLeave={noLeave} />, {
		clock: {...clock, flush: () => undefined},
	});
	await screen.waitFor((frame) => {
		clock.frame();
		return frame.includes('⏎ apply');
	});
	screen.press('enter');
	await screen.waitFor((frame) => {
		clock.frame();
		return frame.includes('OPERATION');
	});
	await until(() => session.getState().stepId === 'watch');
	screen.press('right');
	await screen.waitFor('close');
	expect(screen.frame()).toMatch(/^ s3-replicate {2}\S+ {2}8\/9 Apply /);
	clock.frame();
	await screen.waitFor('9/9 Watch');
});

test('is never told to take less time than one of its rows', async () => {
	const session = await sessionAtStep('plan', {
		wrap: (connection) => withBuckets(connection, {getReplication: async () => undefined}),
	});
	const clock = createHandClock(Date.now());
	const screen = await renderScreen(<App session={session} onLeave={noLeave} />, {clock});
	await screen.waitFor((frame) => {
		clock.frame();
		return frame.includes('⏎ apply');
	});
	screen.press('enter');
	// No second passes: what is drawn is drawn as rows end.
	const frame = await screen.waitFor((one) => {
		clock.frame();
		return one.includes('6 of 7');
	});
	const {operations, applyStartedAt = 0} = session.getState().run;
	const ends = operations.map(({startedAt = 0, durationMs = 0}) => startedAt + durationMs);
	const shown = /6 of 7 {3}([\d.]+ m?s)/.exec(frame)?.[1];
	expect(shown).toBe(durationText(Math.max(...ends) - applyStartedAt));
	session.interrupt();
});

test.each(screenSizes)('shows why an operation waits at $columns × $rows, and stops safely', async (size) => {
	const session = await sessionAtStep('plan', {
		wrap: (connection) => withBuckets(connection, {getReplication: async () => undefined}),
	});
	const onLeave = vi.fn();
	const screen = await renderScreen(<App session={session} onLeave={onLeave} />, size);
	await screen.waitFor('⏎ apply');
	screen.press('enter');
	const frame = await screen.waitFor(/the new rule is not visible yet; (?:next try in \d+ s|trying now)/);
	expect(frame).toMatch(/↻ {2}Putting replication rule/);
	expect(frame).toContain('6 of 7');
	expect(frame).toContain('If you stop now, nothing stays: the sandbox goes.');
	expectWithinFrame(screen, size);
	session.interrupt();
	await vi.waitFor(() => expect(onLeave).toHaveBeenCalledOnce());
	expect(session.finish()).toBe('cancelled');
	expect(session.getState().run.finished?.problem?.cause).toContain('while changes were made');
});

test('after Ctrl-C the calls under way are finished before the screen is left', async () => {
	let finish = (): void => undefined;
	const isFinished = new Promise<void>((resolve) => {
		finish = resolve;
	});
	const session = await sessionAtStep('plan', {
		wrap: (connection) =>
			withBuckets(connection, {
				async create(reference) {
					await isFinished;
					return connection.buckets.create(reference);
				},
			}),
	});
	const onLeave = vi.fn();
	const screen = await renderScreen(<App session={session} onLeave={onLeave} />);
	await screen.waitFor('⏎ apply');
	screen.press('enter');
	await screen.waitFor(/Creating bucket[^]*\^C stop safely/);
	session.interrupt();
	await screen.waitFor(
		/Finishing the calls under way, then stopping\. \^C again stops now\.[^]*\^C stop now/,
	);
	expect(onLeave).not.toHaveBeenCalled();
	finish();
	await vi.waitFor(() => expect(onLeave).toHaveBeenCalledOnce());
	expect(session.finish()).toBe('cancelled');
});

/** Something that a test lets go on. */
function gate() {
	let open = (): void => undefined;
	const isOpen = new Promise<void>((resolve) => {
		open = resolve;
	});
	return {open: () => open(), isOpen};
}

test.each(screenSizes)(
	'a row opens at $columns × $rows while the run goes on, which waits for the reader at its end',
	async (size) => {
		const {open, isOpen} = gate();
		const session = await sessionAtStep('plan', {
			answers: {testFileCount: 0},
			wrap: (connection) =>
				withBuckets(connection, {
					async putReplication(...given) {
						await isOpen;
						await connection.buckets.putReplication(...given);
					},
				}),
		});
		const screen = await renderScreen(<App session={session} onLeave={noLeave} />, size);
		await screen.waitFor('⏎ apply');
		screen.press('enter');
		// Until a key moves it, what is in focus is what is under way.
		expect(await screen.waitFor(/▸ ◐ {2}Putting replication rule/)).toContain('↑↓ move   → open');
		screen.press('right');
		const running = await screen.waitFor('close');
		expect(running).toMatch(/◐ Putting replication rule +my-us/);
		expect(running).toMatch(/Will be written[^]*"Rules"/);
		expect(running).toContain('6 of 7');
		expect(running).toContain('If you stop now, nothing stays: the sandbox goes.');
		expectWithinFrame(screen, size);
		// The help is made of the keys of the document.
		screen.type('?');
		expect(await screen.waitFor('Keys that work here')).toMatch(/← esc +close/);
		screen.press('escape');
		await screen.waitFor('"Rules"');
		screen.press('ctrlC');
		expect(screen.interrupts()).toBe(1);
		open();
		const done = await screen.waitFor('All is done. Close the document to go on.');
		expect(done).toMatch(/✓ Replication rule put +my-us/);
		expect(done).toMatch(/Written {3}\d[^]*"Rules"/);
		expect(done).toContain('7 of 7');
		expectWithinFrame(screen, size);
		expect(session.getState().stepId).toBe('apply');
		screen.press('escape');
		await screen.waitFor('0 replicated');

		// Looked at again from the watch, every row opens the same way.
		screen.type('A');
		await screen.waitFor(/Apply: 7 of 7 done[^]*▸ ✓ {2}/);
		screen.press('down', 'right');
		const again = await screen.waitFor('← esc close');
		expect(again).toMatch(/Written {3}\d/);
		expect(again).toContain('account 111122223333');
		expectWithinFrame(screen, size);
		screen.press('left');
		await screen.waitFor('Apply: 7 of 7 done');
		screen.press('escape');
		await screen.waitFor('0 replicated');
	},
);

test('a failure is told to who reads a document, and the row that failed opens with its cause', async () => {
	const {open, isOpen} = gate();
	const session = await sessionAtStep('plan', {
		wrap: (connection) =>
			withBuckets(connection, {
				async putReplication() {
					await isOpen;
					throw new ProblemError(
						fixable('not-allowed', 'Cannot put the rule: it is not allowed', 'AWS says AccessDenied.', [
							'Let somebody allow it.',
						]),
					);
				},
			}),
	});
	const screen = await renderScreen(<App session={session} onLeave={noLeave} />);
	await screen.waitFor('⏎ apply');
	screen.press('enter');
	await screen.waitFor(/▸ ◐ {2}Putting replication rule/);
	screen.press('up', 'right');
	await screen.waitFor(/✓ [^]*Written[^]*esc close/);
	open();
	const told = await screen.waitFor('✗ Cannot put the rule: it is not allowed');
	expect(told).toContain('Written');
	expect(told).not.toContain('r plan again');
	screen.press('escape');
	await screen.waitFor('r plan again');
	screen.press('down', 'right');
	const failed = await screen.waitFor('Planned');
	expect(failed).toMatch(
		/✗ Put replication rule[^]*✗ Cannot put the rule[^]*AWS says AccessDenied\.[^]*"Rules"/,
	);
});

test('S writes plain lines from the beginning, which go on when the watch begins', async () => {
	let finish = (): void => undefined;
	const isFinished = new Promise<void>((resolve) => {
		finish = resolve;
	});
	const session = await sessionAtStep('plan', {
		answers: {testFileCount: 0},
		wrap: (connection) =>
			withBuckets(connection, {
				async putReplication(...given) {
					await isFinished;
					await connection.buckets.putReplication(...given);
				},
			}),
	});
	const screen = await renderScreen(
		<App
			session={session}
			onLeave={noLeave}
			describe={(event) => textLines(event, {showsDocuments: false})}
		/>,
		{columns: 120, rows: 40},
	);
	await screen.waitFor('⏎ apply');
	screen.press('enter');
	await screen.waitFor('S plain lines');
	screen.type('S');
	await screen.waitFor('✓ Role created');
	expect(screen.isAlternate()).toBe(false);
	finish();
	expect(await screen.waitFor('Watching my-us-east-1')).toMatch(/✓ Role created.*✓ Replication rule put/s);
	expect(screen.isAlternate()).toBe(false);
	screen.type('S');
	await screen.waitFor('0 replicated');
	expect(screen.isAlternate()).toBe(true);
});

test.each(screenSizes)(
	'a failure at $columns × $rows says why; planning again keeps what is done',
	async (size) => {
		const refusal = new ProblemError(
			fixable(
				'not-allowed',
				'Cannot put the replication rule on my-us-east-1: it is not allowed',
				'PutBucketReplication answered AccessDenied to arn:aws:iam::111122223333:user/source; the permission that is missing is s3:PutReplicationConfiguration.',
				['Have s3:PutReplicationConfiguration allowed for this identity.', 'Choose another profile.'],
			),
		);
		let isRefused = true;
		const session = await sessionAtStep('plan', {
			answers: {testFileCount: 0},
			wrap: (connection) =>
				withBuckets(connection, {
					async putReplication(...given) {
						if (isRefused) throw refusal;
						await connection.buckets.putReplication(...given);
					},
				}),
		});
		const screen = await renderScreen(<App session={session} onLeave={noLeave} />, size);
		await screen.waitFor('⏎ apply');
		screen.press('enter');
		const frame = await screen.waitFor('r plan again');
		expect(frame).toContain('✗ Cannot put the replication rule');
		expect(frame).toMatch(/✗ {2}Put replication rule/);
		// What was done before it stands above it, where there is room for more than the problem.
		const doneRows = frame.split('\n').filter((row) => /✓ {2}\S/.test(row));
		expect(doneRows.length >= 3).toBe(size.rows >= 24);
		expectWithinFrame(screen, size);
		isRefused = false;
		screen.type('r');
		expect(await screen.waitFor('⏎ apply')).toMatch(/\+ 1 create +~ 0 update +=.6 keep/);
		screen.press('enter');
		await screen.waitFor('0 replicated');
		// What this run did before it failed was done by it all the same.
		session.finish();
		expect(session.getState().run.finished?.operations).toMatchObject({created: 7, kept: 0});
	},
);

type Failing = {
	readonly what: string;
	readonly fault: Pick<FaultRule, 'service' | 'operation' | 'bucket'>;
	/** The row that failed, and what the problem is about: the other bucket is not named by it. */
	readonly row: RegExp;
	readonly about: string;
	readonly notAbout: string;
};

const [here, there] = ['acme-src', 'acme-dr'] as const;
const failingOperations: readonly Failing[] = [
	...(
		[
			['CreateBucket', 'Create bucket'],
			['PutBucketVersioning', 'Enable versioning'],
		] as const
	).flatMap(([operation, words]) =>
		([here, there] as const).map((bucket) => ({
			what: `${operation} of ${bucket}`,
			fault: {service: 's3' as const, operation, bucket},
			row: new RegExp(`✗  ${words} +${bucket}`),
			about: bucket,
			notAbout: bucket === here ? there : here,
		})),
	),
	{
		what: 'PutBucketPolicy',
		fault: {service: 's3', operation: 'PutBucketPolicy'},
		row: new RegExp(`✗  Put bucket policy +${there}`),
		about: there,
		notAbout: here,
	},
	{
		what: 'PutBucketReplication',
		fault: {service: 's3', operation: 'PutBucketReplication'},
		row: new RegExp(`✗  Put replication rule +${here}`),
		about: here,
		notAbout: there,
	},
	{
		what: 'CreateRole',
		fault: {service: 'iam', operation: 'CreateRole'},
		row: /✗  Create role +acme-role/,
		about: 'acme-role',
		notAbout: there,
	},
	{
		what: 'PutRolePolicy',
		fault: {service: 'iam', operation: 'PutRolePolicy'},
		row: /✗  Put role policy +acme-role/,
		about: 'acme-role',
		notAbout: there,
	},
];

test.each(sampled('failing operations on the screen', failingOperations))(
	'$what refused at 80 × 24: what is done, what failed and the cause, about the right one',
	async ({fault, row, about, notAbout}) => {
		const sandbox = await openedSandbox();
		const screen = await renderAsking(
			{
				aws: sandbox,
				answers: {
					...tutorialAnswers('cross-account'),
					...{sourceBucket: here, destinationBucket: there, roleName: 'acme-role', testFileCount: 0},
				},
			},
			{columns: 80, rows: 24},
		);
		await screen.waitFor('⏎ next');
		screen.press('enter');
		await screen.waitFor('⏎ go on');
		screen.press('enter');
		await screen.waitFor('Press a to apply');
		sandbox.setFaults([{...fault, fault: 'AccessDenied'}]);
		screen.type('a');
		const frame = await screen.waitFor('r plan again');
		expect(frame).toMatch(row);
		const [headline = ''] = frame.split('\n').filter((line) => /✗ Cannot /.test(line));
		expect(headline).toContain(about);
		expect(headline).not.toContain(notAbout);
		expect(frame).toMatch(/✓ {2}\S/);
		expect(frame).toContain('AccessDenied');
	},
);

async function plannedRun() {
	const session = await sessionAtStep('plan');
	await session.makePlan({
		...session.getState().answers,
		sourceProfile: 'source',
		sourceBucket: 'my-us-east-1',
		sourceRegion: 'us-east-1',
		destinationBucket: 'my-us-west-2',
		destinationRegion: 'us-west-2',
	});
	return session.getState().run.operations;
}

test('what is tried again says what AWS answered, and when the next try is', async () => {
	const [operation] = (await plannedRun()).map((progress) => ({
		...progress,
		state: 'retrying' as const,
		tries: 2,
		retry: {reason: 'AWS asks to slow down (SlowDown)', nextTryAt: 500},
	}));
	const screen = await renderScreen(
		<OperationRows operations={operation ? [operation] : []} nowMs={0} rows={12} width={80} />,
	);
	const frame = await screen.waitFor('next try in 1 s');
	expect(frame).toMatch(/ 2 *\n +AWS asks to slow down \(SlowDown\); next try in 1 s/);
});

test('a kept operation says so, and has not been "created"', async () => {
	const operations = (await plannedRun()).map((progress) => ({
		...progress,
		state: 'done' as const,
		tries: 1,
		durationMs: 0,
		operation: {...progress.operation, change: 'keep' as const},
	}));
	expect(operations.length).toBeGreaterThan(0);
	const screen = await renderScreen(
		<>
			<OperationRows operations={operations} nowMs={0} rows={12} width={80} />
			<Text>end</Text>
		</>,
	);
	const frame = await screen.waitFor('end');
	expect(frame).toMatch(/= {2}Keep bucket .* kept/);
	expect(frame).not.toContain('created');
});
