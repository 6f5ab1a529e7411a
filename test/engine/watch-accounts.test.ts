import {describe, expect, onTestFinished, test} from 'vitest';
import {openSandbox} from '../sandbox/support/open-sandbox.js';
import {runProgram} from '../support/program.js';
import {
	type FollowedRun,
	openThreeAccounts,
	setUpThreeAccounts,
	type WatchedAccounts,
} from './support/three-accounts.js';

async function accountsOf(isThirdOpen?: boolean): Promise<WatchedAccounts> {
	const accounts = await openThreeAccounts(isThirdOpen);
	onTestFinished(accounts.close);
	return accounts;
}

const figuresOf = ({session}: FollowedRun) =>
	session.watchView.destinations().map(({isObserved, replicated, failed, delays}) => ({
		isObserved,
		replicated,
		failed,
		seen: delays.count,
	}));
/** How often an arrival was told of each destination; null is the source's word. */
const toldOf = ({events}: FollowedRun) => {
	const told = events.flatMap((event) => (event.type === 'object-replicated' ? [event.destination] : []));
	return Object.fromEntries(
		[...new Set(told)].map((one) => [String(one), told.filter((each) => each === one).length] as const),
	);
};

describe('destinations in two other accounts', () => {
	test('are each looked at with the profile of their own account', async () => {
		const accounts = await accountsOf();
		const [second, third] = accounts.destinations;
		const run = await accounts.follow(['third', 'destination']);

		expect(run.session.watchView.objectCounts()).toEqual({uploaded: 3, replicated: 3, failed: 0, pending: 0});
		expect(run.found.destinations.map(({watched}) => watched?.connection.profile)).toEqual([
			'destination',
			'third',
		]);
		expect(run.found.destinations.map(({watched}) => watched?.reference.region)).toEqual([
			'us-west-2',
			'eu-west-1',
		]);
		expect(toldOf(run)).toEqual({[second]: 3, [third]: 3});
		expect(figuresOf(run)).toEqual([
			{isObserved: true, replicated: 3, failed: 0, seen: 3},
			{isObserved: true, replicated: 3, failed: 0, seen: 3},
		]);
		expect(run.session.watchView.notes).toEqual([]);
	});

	test('of which one has no profile: of that one the source’s word is all there is, and it is named', async () => {
		const accounts = await accountsOf();
		const [second, third] = accounts.destinations;
		const run = await accounts.follow(['destination']);

		expect(run.session.watchView.objectCounts()).toMatchObject({replicated: 3, pending: 0});
		expect(toldOf(run)).toEqual({[second]: 3, null: 3});
		expect(figuresOf(run)).toMatchObject([
			{isObserved: true, replicated: 3},
			{isObserved: false, replicated: 3},
		]);
		expect(run.session.watchView.notes).toEqual([
			`Only the source's status is known of ${third}: no profile given sees its replicas.`,
		]);
	});

	test('of which none has a profile are each named as out of sight', async () => {
		const accounts = await accountsOf();
		const run = await accounts.follow([]);

		expect(run.session.watchView.objectCounts()).toMatchObject({replicated: 3, pending: 0});
		expect(toldOf(run)).toEqual({null: 3});
		expect(run.session.watchView.notes).toEqual(
			accounts.destinations.map(
				(bucket) => `Only the source's status is known of ${bucket}: no profile given sees its replicas.`,
			),
		);
	});

	test('make a profile known that sees neither of them', async () => {
		const accounts = await accountsOf();
		const run = await accounts.follow(['destination', 'source', 'third']);

		expect(run.session.watchView.notes).toEqual(['The profile source sees none of the destinations.']);
		expect(figuresOf(run)).toMatchObject([{replicated: 3}, {replicated: 3}]);
	});

	test.each([
		[
			['destination', 'third'],
			[true, true],
		],
		[['destination'], [true, false]],
		[['third'], [false, true]],
		[[], [false, false]],
	] as const)(
		'may differ: with the profiles %j, what the third account refuses has failed there and nowhere else where that can be seen',
		async (profiles, isObserved) => {
			const accounts = await accountsOf(false);
			const run = await accounts.follow(profiles, 2);

			expect(run.session.watchView.objectCounts()).toEqual({
				uploaded: 2,
				replicated: 0,
				failed: 2,
				pending: 0,
			});
			expect(figuresOf(run).map((one) => one.isObserved)).toEqual(isObserved);
			// The source says FAILED as soon as one destination has: where the other cannot be seen nobody knows whose it was.
			const isSecondSeen = isObserved[0];
			expect(figuresOf(run).map(({replicated, failed}) => [replicated, failed])).toEqual([
				isSecondSeen ? [2, 0] : [0, 2],
				[0, 2],
			]);
			const places = run.events.flatMap((event) =>
				event.type === 'object-failed' ? [event.destination] : [],
			);
			const only = isSecondSeen ? accounts.destinations[1] : null;
			expect(places).toEqual([only, only]);
		},
	);

	test('are cleaned with their own profiles, and nothing stays', async () => {
		const accounts = await accountsOf();
		const {session, found} = await accounts.follow(['destination', 'third']);

		expect(await session.cleanUp(found)).toBe(true);
		for (const bucket of [accounts.source, ...accounts.destinations])
			expect(await accounts.keysIn(bucket)).toEqual([]);
	});
});

describe('the program', () => {
	test('takes a destination profile for each account, and removes every replica', async () => {
		const {accounts, watch} = await openProgram();
		const {exitCode, events, stdout} = await watch('destination', 'third');

		expect(exitCode, stdout).toBe(0);
		expect(events().at(-1)).toMatchObject({outcome: 'succeeded', operations: {deleted: 3}});
		for (const bucket of [accounts.source, ...accounts.destinations])
			expect(await accounts.keysIn(bucket)).toEqual([]);
	});

	test('says which replicas stay that no profile sees, and removes the others', async () => {
		const {accounts, watch} = await openProgram();
		const [second, third] = accounts.destinations;
		const {exitCode, events} = await watch('destination');

		expect(exitCode).toBe(1);
		expect(events().at(-1)).toMatchObject({
			outcome: 'failed',
			objects: {uploaded: 1, replicated: 1},
			operations: {deleted: 2},
			problem: {
				code: 'replicas-out-of-sight',
				headline: `Cannot remove replicas in ${third}: no profile sees them`,
			},
		});
		expect(await accounts.keysIn(accounts.source)).toEqual([]);
		expect(await accounts.keysIn(second)).toEqual([]);
		expect(await accounts.keysIn(third)).toHaveLength(1);
	});
});

async function openProgram() {
	const one = await openSandbox();
	onTestFinished(one.close);
	const accounts = await setUpThreeAccounts(one);
	const {configFile, credentialsFile} = accounts.files;
	const env = {
		AWS_CONFIG_FILE: configFile,
		AWS_SHARED_CREDENTIALS_FILE: credentialsFile,
		AWS_ENDPOINT_URL: one.sandbox.endpointUrl,
	};
	const watch = async (...profiles: readonly string[]) =>
		runProgram(
			[
				...['watch', '--json', '--source-bucket', accounts.source, '--source-profile', 'source'],
				...['--files', '1', '--clean-up'],
				...profiles.flatMap((profile) => ['--destination-profile', profile]),
			],
			{env},
		);
	return {accounts, watch};
}
