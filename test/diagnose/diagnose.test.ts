import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {diagnose} from '../../source/domain/diagnose/diagnose.js';
import type {DiagnosedObject} from '../../source/domain/diagnose/diagnosed-object.js';
import type {Finding} from '../../source/domain/diagnose/finding.js';
import {awsReasons, ownReasons} from '../../source/domain/diagnose/reason-codes.js';
import {reasonTable} from '../../source/domain/diagnose/reason-table.js';
import {observeReplication} from '../../source/engine/diagnose/observe-replication.js';
import {inspectObject} from '../../source/engine/diagnose/inspect-object.js';
import {openSandbox, type OpenSandbox, sourceAccountId} from '../sandbox/support/open-sandbox.js';
import {finalStatusOf, type Pair, setUpPair} from '../sandbox/support/replicated-pair.js';
import {openSandboxAws, type OpenedAws} from '../support/sandbox-session.js';
import {sampled} from '../support/sampled.js';
import {until} from '../support/until.js';
import {brokenPairs, type BrokenWorld, brokenWorlds, writeObject} from './support/broken-worlds.js';
import {
	type KeyedPair,
	keyWorlds,
	setUpKeys,
	workingKeyWorlds,
	writeEncrypted,
} from './support/key-worlds.js';

let open: OpenSandbox;
let aws: OpenedAws;
beforeAll(async () => {
	open = await openSandbox({replicationDelayMs: 5});
	aws = await openSandboxAws(open.sandbox);
});
afterAll(async () => {
	await aws.close();
	await open.close();
});

async function diagnosed(pair: Pair, object?: DiagnosedObject): Promise<readonly Finding[]> {
	const observed = await observeReplication(pair.source, await aws.connect('source'), [
		await aws.connect('destination'),
	]);
	return (observed.replication?.Rules ?? []).flatMap((rule) => diagnose(observed, rule, object));
}

/** What the sandbox wrote down of the object, whose reasons are the User Guide's. */
const recorded = async (versionId: string) =>
	until(() => open.sandbox.replications.find((entry) => entry.versionId === versionId));

async function prepared({setUp, prepare}: BrokenWorld): Promise<Pair> {
	const pair = await setUpPair(open, setUp);
	await prepare?.(open, pair);
	return pair;
}

const wrong = (found: readonly Finding[]) => found.filter(({certainty}) => certainty !== 'possible');

const named = ({broken, setUp, ...world}: BrokenWorld) => ({
	...world,
	broken,
	setUp,
	accounts: setUp?.isCrossAccount ? 'two accounts' : 'one account',
});

describe('the table of reasons', () => {
	it('has every reason that S3 gives, and every one of ours (documented: S3 User Guide, replication-metrics-events)', () => {
		expect(Object.keys(reasonTable).sort()).toEqual([...awsReasons, ...ownReasons].sort());
	});
});

describe('one thing is broken', () => {
	it.each(sampled('broken worlds', brokenWorlds.map(named), 5))(
		'$broken ($accounts): $reason',
		async (world) => {
			const pair = await prepared(world);
			expect(await diagnosed(pair)).toEqual([]);

			await world.breakIt(open, pair);
			const versionId = await writeObject(open, pair, world);
			const {failureReason} = await recorded(versionId);
			expect(failureReason).toBe(world.reason);
			const object = {key: 'k', versionId, status: 'FAILED' as const, ...world.object};
			const found = await diagnosed(pair, object);
			expect([found[0]?.reason, found[0]?.certainty]).toEqual([failureReason, 'certain']);
			// Of the rule as a whole the same is told, if not for certain of every object.
			const ofRule = await diagnosed(pair);
			expect(ofRule.map(({reason}) => reason)).toContain(failureReason);
		},
	);
});

describe('two things are broken', () => {
	const pairs = brokenPairs.map(([first, second]) => ({
		first: first.broken,
		second: second.broken,
		both: [first, second],
	}));

	it.each(sampled('broken pairs', pairs, 5))(
		'$first, and $second: both are named, in the order in which S3 meets them',
		async ({both}) => {
			const pair = await setUpPair(open);
			for (const world of both) await world.breakIt(open, pair);
			const versionId = await writeObject(open, pair, {} as BrokenWorld);
			const {failureReason} = await recorded(versionId);
			const found = wrong(await diagnosed(pair, {key: 'k', versionId, status: 'FAILED'}));
			expect(found[0]?.reason).toBe(failureReason);
			const reasons = found.map(({reason}) => reason);
			expect(reasons).toEqual(expect.arrayContaining(both.map(({reason}) => reason)));
		},
	);
});

/** The object as HEAD tells of it. */
async function diagnosedByHead(pair: KeyedPair, versionId: string): Promise<readonly Finding[]> {
	const source = await aws.connect('source');
	const reference = {bucket: pair.source, region: 'us-east-1', accountId: sourceAccountId};
	const object = await inspectObject(reference, source, {key: 'k', versionId}, Date.now());
	const sourceKeys = object.encryption?.kind === 'kms' ? [object.encryption.keyArn ?? ''] : [];
	const observed = await observeReplication(pair.source, source, [await aws.connect('destination')], {
		sourceKeys,
	});
	return (observed.replication?.Rules ?? []).flatMap((rule) => diagnose(observed, rule, object));
}

describe('one thing is broken about the keys', () => {
	it.each(sampled('broken keys', keyWorlds, 5))('$broken: $reason ($told)', async (world) => {
		const pair = await setUpKeys(open, world);
		const before = await diagnosed(pair);
		expect(wrong(before).map(({reason}) => reason)).toEqual(world.replicaPolicy ? [world.reason] : []);

		open.sandbox.setFaults([{operation: 'Replication', fault: 'InternalError'}]);
		const versionId = await writeEncrypted(open, pair, world.usesBucketKey);
		await world.breakIt(open, pair);
		open.sandbox.setFaults([]);
		const {failureReason} = await recorded(versionId);
		expect(failureReason).toBe(world.reason);
		const [first] = await diagnosedByHead(pair, versionId);
		expect([first?.reason, first?.certainty]).toEqual([failureReason, 'certain']);
	});

	it.each(sampled('working keys', workingKeyWorlds, 5))(
		'but not $broken: it arrives ($told)',
		async (world) => {
			const pair = await setUpKeys(open, world);
			await world.breakIt(open, pair);
			const versionId = await writeEncrypted(open, pair);
			expect(await finalStatusOf(open.source, pair.source, 'k', versionId)).toBe('COMPLETED');
			expect(wrong(await diagnosed(pair))).toEqual([]);
		},
	);
});

describe('nothing is broken', () => {
	it.each([false, true])('so nothing is found, across accounts: %s', async (isCrossAccount) => {
		const pair = await setUpPair(open, {isCrossAccount});
		const versionId = await writeObject(open, pair, {} as BrokenWorld);
		expect(await finalStatusOf(open.source, pair.source, 'k', versionId)).toBe('COMPLETED');
		expect(wrong(await diagnosed(pair, {key: 'k', versionId}))).toEqual([]);
		expect(await diagnosed(pair)).toEqual([]);
	});
});
