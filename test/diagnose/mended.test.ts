import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {isWrong} from '../../source/domain/diagnose/finding.js';
import {openSandbox, type OpenSandbox} from '../sandbox/support/open-sandbox.js';
import {finalStatusOf, type Pair, setUpPair} from '../sandbox/support/replicated-pair.js';
import {sampled} from '../support/sampled.js';
import {openSandboxAws, type OpenedAws, sandboxSession} from '../support/sandbox-session.js';
import {until} from '../support/until.js';
import {brokenPairs, brokenWorlds, writeObject} from './support/broken-worlds.js';
import {objectWorlds} from './support/object-worlds.js';
import {type KeyedPair, keyWorlds, setUpKeys, writeEncrypted} from './support/key-worlds.js';

let open: OpenSandbox;
let aws: OpenedAws;
/** What the diagnosis is worth: every reason that was recorded is to be named, and nothing else is certain. */
const counts = {worlds: 0, named: 0, missed: 0, false: 0, mended: 0, handedOver: 0};
const rows: string[] = [];
beforeAll(async () => {
	open = await openSandbox({replicationDelayMs: 5});
	aws = await openSandboxAws(open.sandbox);
});
afterAll(async () => {
	console.log([...rows, `Diagnosed: ${JSON.stringify(counts)}`].join('\n'));
	await aws.close();
	await open.close();
});

/** Nobody here may decide these: a Deny, a boundary, a trust policy, Object Lock for good, who may read, who pays, where a bucket was, a key's state. */
const handedOver = [
	/^the role trusts another service$/,
	/denies/,
	/^the boundary/,
	/^the destination has no Object Lock$/,
	/^the requester has to pay/,
	/^the policy is public/,
	/^the destination is gone$/,
	/^the key .* is disabled$/,
	/^the key of the source waits for its deletion$/,
	// The policy of the other account names what is left of the role: dropping that is a yes of its own.
	/^the role is gone \(two accounts\)$/,
];

type World = {
	readonly broken: string;
	readonly accounts: string;
	readonly reason: string;
	/** Sets up what works, breaks it, and gives how objects are written. */
	readonly begin: () => Promise<{readonly pair: Pair; readonly write: () => Promise<string>}>;
};

const accountsOf = (isCrossAccount = false): string => (isCrossAccount ? 'two accounts' : 'one account');

const worlds: readonly World[] = [
	...brokenWorlds.map((world): World => ({
		broken: world.broken,
		accounts: accountsOf(world.setUp?.isCrossAccount),
		reason: world.reason,
		async begin() {
			const pair = await setUpPair(open, world.setUp);
			await world.prepare?.(open, pair);
			await world.breakIt(open, pair);
			return {pair, write: async () => writeObject(open, pair, world)};
		},
	})),
	...keyWorlds.map((world): World => ({
		broken: world.broken,
		accounts: accountsOf(world.isCrossAccount),
		reason: world.reason,
		async begin() {
			const pair: KeyedPair = await setUpKeys(open, world);
			// What waits for its deletion encrypts nothing any more: the object is there before.
			open.sandbox.setFaults([{operation: 'Replication', fault: 'InternalError'}]);
			let first: string | undefined = await writeEncrypted(open, pair, world.usesBucketKey);
			await world.breakIt(open, pair);
			open.sandbox.setFaults([]);
			return {
				pair,
				async write() {
					const written = first ?? (await writeEncrypted(open, pair, world.usesBucketKey));
					first = undefined;
					return written;
				},
			};
		},
	})),
];

describe('a broken world', () => {
	it.each(sampled('mended worlds', worlds))('$broken ($accounts): $reason, and its mend', async (world) => {
		const {pair, write} = await world.begin();
		const versionId = await write();
		const {failureReason} = await until(() =>
			open.sandbox.replications.find((entry) => entry.versionId === versionId && entry.failureReason),
		);
		expect(failureReason).toBe(world.reason);

		const session = sandboxSession(open.sandbox, {answers: {environment: 'aws'}, environment: aws});
		await session.openEnvironment('aws');
		const request = {
			sourceBucket: pair.source,
			answers: {sourceProfile: 'source'},
			destinationProfiles: ['destination'],
			...{key: 'k', versionId, isQuiet: true},
		};
		const found = await session.diagnose(request);
		const told = found.flatMap(({findings}) => findings.filter(isWrong).map(({reason}) => reason));
		const isNamed = told[0] === failureReason;
		counts.worlds++;
		counts[isNamed ? 'named' : 'missed']++;
		const mend = found.find((one) => one.mend)?.mend;
		const changes = mend?.operations.map(({kind, target}) => `${kind} ${target}`) ?? [];
		rows.push(
			`${world.broken} (${world.accounts}): ${failureReason}; told ${told.join(', ')}; ${changes.join(', ') || 'handed over'}`,
		);
		expect(told[0]).toBe(failureReason);
		expect(changes.length > 0).toBe(
			!handedOver.some((one) => one.test(world.broken) || one.test(`${world.broken} (${world.accounts})`)),
		);
		counts[mend ? 'mended' : 'handedOver']++;
		const made = mend && (await session.makePlan(mend.answers));
		expect(made?.ok ?? true).toBe(true);
		const isApplied = mend ? await session.apply() : true;
		expect(isApplied).toBe(true);
		// After the mend an object like it arrives.
		const again = mend ? await write() : undefined;
		const status = again && (await finalStatusOf(open.source, pair.source, 'k', again));
		expect(status).toBe(mend && 'COMPLETED');
		// Where objects arrive nothing is wrong.
		const {key: _key, versionId: _versionId, ...ofRules} = request;
		const after = mend ? await session.diagnose(ofRules) : [];
		const left = after.flatMap(({findings}) => findings.filter(isWrong));
		counts.false += left.length;
		expect(left).toEqual([]);
		await session.close();
	});

	it('is one of sixty at least, fifteen of them told by others', () => {
		const all = [...brokenWorlds, ...keyWorlds, ...objectWorlds, ...brokenPairs];
		expect(all.length).toBeGreaterThanOrEqual(60);
		const told = [...brokenWorlds, ...keyWorlds, ...objectWorlds].filter(
			(one) => one.told !== undefined && !/^S3 User Guide/.test(one.told),
		);
		expect(new Set(told.map((one) => one.told)).size).toBeGreaterThanOrEqual(15);
	});
});
