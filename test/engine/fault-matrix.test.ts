import {afterAll, expect, it} from 'vitest';
import type {Mode} from '../../source/domain/answers/mode.js';
import {memoryRecords} from '../../source/engine/record/memory-records.js';
import type {FaultRule, RequestEntry} from '../../source/sandbox/start-sandbox.js';
import {inhabit} from '../support/inhabited-world.js';
import {sampled} from '../support/sampled.js';
import {type Tried, type TriedWorld, triedWorld, writes} from '../support/tried-world.js';

/** What can go wrong with a request: each time that it is made, or the first time only. */
const faults = [
	{what: 'throttled', rule: {fault: 'SlowDown'}},
	{what: 'answered with 500', rule: {fault: 'InternalError'}},
	{what: 'reset before its effect', rule: {fault: 'ResetBeforeEffect'}},
	{what: 'reset after its effect', rule: {fault: 'ResetAfterEffect'}},
	{what: 'reset once after its effect', rule: {fault: 'ResetAfterEffect', nth: 1}},
	{what: 'never answered', rule: {fault: 'SlowAnswer'}},
	{what: 'refused: expired credentials', rule: {fault: 'ExpiredToken'}},
	{what: 'refused: access denied', rule: {fault: 'AccessDenied'}},
] as const satisfies ReadonlyArray<{readonly what: string; readonly rule: FaultRule}>;

type Request = {
	readonly service: RequestEntry['service'];
	readonly operation: string;
	readonly bucket?: string;
};

/** The operation and its target, each once: polls and the keys of files do not count. */
function distinct(requests: readonly RequestEntry[]): readonly Request[] {
	const found = new Map<string, Request>();
	for (const {service, operation, target} of requests) {
		const bucket = service === 's3' ? target?.split('/')[0] : undefined;
		found.set(`${service} ${operation} ${bucket}`, {service, operation, bucket});
	}

	return [...found.values()];
}

let combinations = 0;

afterAll(() => {
	console.log(`The fault matrix tried ${combinations} combinations of request and fault.`);
});

/** Ended by itself: well, or with a problem that says what to do. Nothing that was said holds a secret. */
function expectEnded({outcome, problem, said}: Tried, {secrets}: TriedWorld): void {
	expect({outcome, problem}).toEqual(
		outcome === 'succeeded'
			? {outcome: 'succeeded', problem: null}
			: {
					outcome: 'failed',
					problem: expect.objectContaining({
						kind: 'fixable',
						headline: expect.stringMatching(/^(?:Cannot |\d+ of \d+ test files |.+ was not replicated)/),
						nextSteps: expect.arrayContaining([expect.any(String)]),
					}),
				},
	);
	expect(secrets.filter((secret) => said.some((text) => text.includes(secret)))).toEqual([]);
}

type Matrix = {
	readonly mode: Mode;
	readonly prepare: Parameters<typeof triedWorld>[1];
	readonly concerns: (request: Request) => boolean;
	readonly phase: 'run' | 'undo';
};

/** Tries each request with the fault, and tells which of them did not end as they must. */
async function failuresOf(
	{mode, prepare, concerns, phase}: Matrix,
	rule: FaultRule,
): Promise<readonly string[]> {
	let world = await triedWorld(mode, prepare);
	let records = memoryRecords();
	const before = await world.everything();
	const ran = await world.run({records});
	const applied = await world.documents();

	const takeBack = async (): Promise<readonly Tried[]> => {
		const all = await world.undoAll(records);
		for (const one of all) expectEnded(one, world);
		expect(await world.everything()).toEqual(before);
		const texts = JSON.stringify(await records.list());
		expect(world.secrets.filter((secret) => texts.includes(secret))).toEqual([]);
		records = memoryRecords();
		return all;
	};

	const [undone] = await takeBack();
	const all = distinct({run: ran, undo: undone}[phase]?.requests ?? []).filter(concerns);
	// A world costs as much as several requests tried in it.
	const requests = sampled('requests of the fault matrix', all, 4);

	const runAgain = async (fileCount: number): Promise<void> => {
		const again = await world.run({records, fileCount});
		expect(again).toMatchObject({outcome: 'succeeded', problem: null});
		expect(await world.documents()).toEqual(applied);
	};

	let isSetUp = false;
	const tryOne = async (request: Request): Promise<void> => {
		if (phase === 'undo' && !isSetUp) await world.run({records});
		isSetUp = true;
		world.one.sandbox.setFaults([{...request, ...rule}]);
		const tried = await world[phase]({records});
		world.one.sandbox.setFaults([]);
		expect(tried.faultCount).toBeGreaterThan(0);
		expectEnded(tried, world);
		// What has written nothing has left everything as it was: the next request is tried at once.
		if (!tried.hasWritten) return;
		if (phase === 'run') await runAgain(/Object$/.test(request.operation) ? 1 : 0);
		await takeBack();
		isSetUp = false;
	};

	const failures: string[] = [];
	for (const request of requests) {
		combinations++;
		try {
			await tryOne(request);
		} catch (error) {
			failures.push(`${JSON.stringify(request)}: ${(error as Error).message}`);
			await world.close();
			world = await triedWorld(mode, prepare);
			records = memoryRecords();
			isSetUp = false;
		}
	}

	await runAgain(1);
	await takeBack();
	await world.close();
	return failures;
}

const nothing = async (): Promise<void> => undefined;
const isAny = (): boolean => true;
const isWrite = ({operation}: Request): boolean => writes.test(operation);
const matrices = [
	{mode: 'cross-region', phase: 'run', what: 'a run from nothing', prepare: nothing, concerns: isAny},
	{mode: 'cross-account', phase: 'run', what: 'a run from nothing', prepare: nothing, concerns: isAny},
	// What is read is read there in the same way.
	{mode: 'cross-region', phase: 'run', what: 'a run beside others', prepare: inhabit, concerns: isWrite},
	{mode: 'cross-account', phase: 'run', what: 'a run beside others', prepare: inhabit, concerns: isWrite},
	{mode: 'cross-account', phase: 'undo', what: 'an undo beside others', prepare: inhabit, concerns: isWrite},
] as const;

const combined = matrices.flatMap((matrix) => faults.map((fault) => ({matrix, fault})));

it.each(sampled('fault matrix', combined))(
	'$matrix.mode, $matrix.what, ends by itself, goes on and is taken back where a request is $fault.what',
	async ({matrix, fault: {rule}}) => {
		// A read that fails once is read again by the SDK, and that is all.
		const concerns = 'nth' in rule ? isWrite : matrix.concerns;
		expect(await failuresOf({...matrix, concerns}, rule)).toEqual([]);
	},
);
