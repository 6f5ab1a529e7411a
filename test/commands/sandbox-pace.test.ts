import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {runHere} from '../support/run-here.js';

const home = async (): Promise<string> => {
	const folder = await mkdtemp(path.join(tmpdir(), 's3-replicate-test-'));
	onTestFinished(async () => rm(folder, {recursive: true, force: true}));
	return folder;
};

const apply = async (...args: readonly string[]) => {
	const folder = await home();
	await writeFile(
		path.join(folder, 'faults.json'),
		JSON.stringify([
			{operation: 'PutBucketReplication', nth: 1, fault: 'SlowDown'},
			{operation: 'PutRolePolicy', nth: 1, fault: 'InternalError'},
		]),
	);
	const env = {HOME: folder, AWS_EC2_METADATA_DISABLED: 'true'};
	const ran = await runHere(['apply', '--yes', '--json', ...args], {env, home: folder});
	const events = ran.stdout
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line) as Record<string, unknown>);
	return {...ran, events};
};

test('apply takes the pace of its sandbox: delays, and faults, each of which has its line when it is tried again', async () => {
	const {exitCode, events} = await apply(
		...['--sandbox', '--files', '2', '--replication-delay', '300', '--seed', '7'],
		...['--latency', '1', '--propagation-delay', '5', '--faults', 'faults.json'],
	);
	expect(exitCode).toBe(0);
	// What the sandbox was told to answer once: the SDK does not send it again in silence.
	const tries = events.flatMap(({type, kind, reason, attempt}) =>
		type === 'operation-retried' && /^AWS/.test(String(reason)) ? [[kind, attempt, reason].join(' ')] : [],
	);
	expect(tries.toSorted()).toEqual([
		'put-replication 2 AWS asks to slow down (SlowDown)',
		'put-role-policy 2 AWS has trouble at the moment (InternalFailure)',
	]);
	const delays = events.flatMap(({type, delayMs}) => (type === 'object-replicated' ? [Number(delayMs)] : []));
	expect(delays).toHaveLength(2);
});

test.each([
	['--latency', '1'],
	['--replication-delay', '1'],
	['--propagation-delay', '1'],
	['--seed', '1'],
	['--faults', 'faults.json'],
])('%s is refused where AWS is meant, with the reason', async (...option) => {
	const {exitCode, events} = await apply('--mode', 'cross-region', ...option);
	expect(exitCode).toBe(2);
	expect(events.at(-1)).toMatchObject({
		problem: {headline: 'Cannot set the pace of AWS', cause: `${option[0]}: for the sandbox alone.`},
	});
});

test('a file of faults that cannot be read ends the run before the sandbox starts', async () => {
	const {exitCode, events} = await apply('--sandbox', '--faults', 'missing.json');
	expect(exitCode).toBe(1);
	expect(events.at(-1)).toMatchObject({problem: {headline: 'Cannot read the faults'}});
});
