import {expect, test, vi} from 'vitest';
import {bucketQuestion} from '../../../source/commands/accessible/bucket-questions.js';
import {questionContext} from '../../../source/commands/accessible/question-context.js';
import {typedAhead} from '../../support/typed-ahead.js';
import {openAwsEnvironment} from '../../../source/commands/services/aws-environment.js';
import {type Answers} from '../../../source/domain/answers/answers.js';
import {type BucketSummary} from '../../../source/domain/observed/observed.js';
import {fixable, ProblemError} from '../../../source/domain/problem.js';
import {type Sandbox} from '../../../source/sandbox/start-sandbox.js';
import {sampled} from '../../support/sampled.js';
import {renderAsking} from '../../support/render-asking.js';
import {openedSandbox} from '../../support/asking-session.js';

const crossRegion: Answers = {environment: 'sandbox', mode: 'cross-region', sourceProfile: 'source'};
const onAws: Answers = {...crossRegion, environment: 'aws'};

const createBucket = async (
	{configFile, credentialsFile, endpointUrl}: Sandbox,
	bucket: string,
	region: string,
	profile = 'source',
): Promise<void> => {
	const environment = await openAwsEnvironment({
		environment: {},
		endpointUrl,
		location: {configFile, credentialsFile},
		offersDefaultChain: false,
	});
	const {buckets, identity} = await environment.connect(profile);
	const {accountId} = await identity.getCaller();
	await buckets.create({bucket, region, accountId});
};

test('Enter twice creates the proposed buckets in the proposed regions', async () => {
	const screen = await renderAsking({answers: crossRegion});
	expect(await screen.waitFor('▸ + create my-us-east-1')).toContain('Destination  my-us-west-2 in us-west-2');
	screen.press('enter');
	await screen.waitFor('▸ + create my-us-west-2');
	screen.press('enter');
	await screen.waitFor('5/9 Options');
	expect(screen.session.getState().answers).toMatchObject({
		sourceBucket: 'my-us-east-1',
		sourceRegion: 'us-east-1',
		destinationBucket: 'my-us-west-2',
		destinationRegion: 'us-west-2',
	});
});

test('what is typed is the name of the bucket to create', async () => {
	const screen = await renderAsking({answers: crossRegion});
	await screen.waitFor('no buckets yet');
	screen.type('acme-logs');
	await screen.waitFor('Creates acme-logs in us-east-1, US East (N. Virginia).');
	screen.press('enter');
	await screen.waitFor('Source       acme-logs in us-east-1');
	expect(screen.session.getState().answers.sourceBucket).toBe('acme-logs');
});

test('a name that ends with -an is completed to one in the own namespace of the account', async () => {
	const screen = await renderAsking({answers: crossRegion});
	await screen.waitFor('no buckets yet');
	screen.type('logs-an');
	await screen.waitFor("in the account's own namespace");
	screen.press('enter');
	await screen.waitFor('Source       logs-111122223333-us-east-1-an in us-east-1');
	expect(screen.session.getState().answers.sourceBucket).toBe('logs-111122223333-us-east-1-an');
});

const refusedNames = [
	['ab', 'at least 3 characters'],
	['Acme-logs', 'no capital letters'],
	['acme_logs', 'only a-z, 0-9, dots and hyphens'],
	['acme..logs', 'no two dots'],
	['192.168.1.1', 'like an IP address'],
] as const;
test.each(sampled('names that no bucket may have', refusedNames, 8))(
	'the name %s cannot be created, and the broken rule is named',
	async (name, rule) => {
		const screen = await renderAsking({answers: crossRegion});
		await screen.waitFor('no buckets yet');
		screen.type(name);
		expect((await screen.waitFor(`“${name}” cannot be created.`)).replace(/\s+/g, ' ')).toContain(rule);
		screen.press('enter', 'ctrlU');
		await screen.waitFor('▸ + create my-us-east-1');
		expect(screen.session.getState()).toMatchObject({stepId: 'buckets', answers: crossRegion});
	},
);

test('a bucket that exists is listed, found by typing, and keeps its region', async () => {
	const aws = await openedSandbox();
	await createBucket(aws, 'acme-logs', 'eu-west-1');
	await createBucket(aws, 'acme-web', 'ap-south-1');
	const screen = await renderAsking({answers: onAws, aws});
	expect(await screen.waitFor('2 of 2 buckets')).toMatch(/acme-logs +eu-west-1/);
	screen.type('acme-web');
	await screen.waitFor('acme-web exists in ap-south-1, Asia Pacific (Mumbai).');
	screen.press('enter');
	await screen.waitFor('Source       acme-web in ap-south-1');
	expect(screen.session.getState().answers).toMatchObject({
		sourceBucket: 'acme-web',
		sourceRegion: 'ap-south-1',
	});
});

test('a filter and Enter take the best match; a new bucket comes last and is chosen on purpose', async () => {
	const aws = await openedSandbox();
	for (const name of ['acme-logs', 'acme-web', 'billing']) await createBucket(aws, name, 'eu-west-1');
	const screen = await renderAsking({answers: onAws, aws});
	await screen.waitFor('3 of 3 buckets');
	screen.type('acme');
	expect(await screen.waitFor('+ create acme ')).toMatch(/▸ acme-logs .*\n +acme-web .*\n +\+ create acme /);
	screen.press('enter');
	await screen.waitFor('Source       acme-logs in eu-west-1');
	await screen.waitFor('▸ + create my-us-west-2');
	screen.type('acme');
	await screen.waitFor('▸ acme-logs');
	screen.press('end');
	await screen.waitFor('▸ + create acme ');
	screen.press('enter');
	await screen.waitFor('5/9 Options');
	expect(screen.session.getState().answers).toMatchObject({
		sourceBucket: 'acme-logs',
		destinationBucket: 'acme',
	});
});

test('Enter before the buckets are listed waits for them, and takes the match that arrives', async () => {
	let list = (_buckets: readonly BucketSummary[]): void => undefined;
	const listing = new Promise<readonly BucketSummary[]>((resolve) => (list = resolve));
	const screen = await renderAsking({
		answers: crossRegion,
		wrap: (connection) => ({
			...connection,
			buckets: {...connection.buckets, list: async () => listing},
		}),
	});
	await screen.waitFor('loading');
	screen.type('acme');
	await screen.waitFor('▸ + create acme');
	screen.press('enter');
	list([{name: 'acme-logs', region: 'eu-west-1'}]);
	await screen.waitFor('Source       acme-logs in eu-west-1');
	expect(screen.session.getState().answers.sourceBucket).toBe('acme-logs');
});

test('on a second run the buckets that exist by now are highlighted', async () => {
	const aws = await openedSandbox();
	await createBucket(aws, 'aaa', 'eu-west-1');
	await createBucket(aws, 'my-us-east-1-111122223333', 'us-east-1');
	const screen = await renderAsking({answers: {environment: 'aws', mode: 'cross-region'}, aws});
	await screen.waitFor('2 of 2 profiles');
	screen.type('source');
	await screen.waitFor('✓ user/admin');
	screen.press('enter');
	const frame = await screen.waitFor('my-us-east-1-111122223333 exists in us-east-1');
	expect(frame).toContain('▸ my-us-east-1-111122223333');
	expect(frame).not.toContain('+ create');
});

test('the same bucket on both sides is refused with its reason', async () => {
	const screen = await renderAsking({answers: crossRegion});
	await screen.waitFor('▸ + create my-us-east-1');
	screen.press('enter');
	await screen.waitFor('▸ + create my-us-west-2');
	screen.type('my-us-east-1');
	await screen.waitFor('Cannot replicate a bucket to itself');
	screen.press('enter', 'ctrlU', 'enter');
	await screen.waitFor('5/9 Options');
	expect(screen.session.getState().answers.destinationBucket).toBe('my-us-west-2');
});

test('^G chooses the region, the proposed name follows, and both in one region is Same-Region Replication', async () => {
	const screen = await renderAsking({answers: crossRegion});
	await screen.waitFor('▸ + create my-us-east-1');
	screen.press('ctrlG');
	expect(await screen.waitFor('36 of 36 regions')).toContain('▸ us-east-1');
	screen.type('frankfurt');
	await screen.waitFor('▸ eu-central-1');
	screen.press('enter');
	await screen.waitFor('▸ + create my-eu-central-1');
	screen.press('enter', 'ctrlG');
	await screen.waitFor('choose the region of a new bucket');
	screen.type('eu-central-1');
	await screen.waitFor('▸ eu-central-1');
	screen.press('enter');
	await screen.waitFor('Both buckets are in eu-central-1: this is Same-Region Replication.');
	screen.press('enter');
	await screen.waitFor('5/9 Options');
	expect(screen.session.getState().answers).toMatchObject({
		sourceBucket: 'my-eu-central-1',
		sourceRegion: 'eu-central-1',
		destinationBucket: 'my-eu-central-1-replica',
		destinationRegion: 'eu-central-1',
	});
});

test('Esc closes the regions, goes to the source, then back, and no answer is lost', async () => {
	const screen = await renderAsking({answers: {environment: 'sandbox', mode: 'cross-region'}});
	await screen.waitFor('Accounts');
	screen.press('enter');
	await screen.waitFor('▸ + create my-us-east-1');
	screen.type('acme-logs');
	screen.press('enter', 'ctrlG');
	await screen.waitFor('36 of 36 regions');
	screen.press('escape');
	await screen.waitFor('▸ Destination  profile source');
	screen.press('escape');
	await screen.waitFor('▸ Source       profile source');
	// What is typed is cleared first.
	screen.press('escape', 'escape');
	await screen.waitFor('3/9 Accounts');
	expect(screen.session.getState().answers.sourceBucket).toBe('acme-logs');
});

test('Tab keeps what is typed on the side it leaves', async () => {
	const screen = await renderAsking({answers: crossRegion}, {columns: 120, rows: 40});
	await screen.waitFor('▸ + create my-us-east-1');
	screen.type('acme-logs');
	await screen.waitFor('+ create acme-logs');
	screen.press('tab');
	expect(await screen.waitFor('Source       acme-logs in us-east-1')).toContain('▸ Destination');
	screen.press('tab');
	await screen.waitFor('▸ Source');
});

test('where the list is not allowed, a name can still be typed', async () => {
	const list = vi.fn(async () => {
		throw new ProblemError(fixable('not-allowed', 'Cannot list buckets', 'AccessDenied.', ['Ask for it.']));
	});
	const screen = await renderAsking({
		answers: crossRegion,
		wrap: (connection) => ({...connection, buckets: {...connection.buckets, list}}),
	});
	expect(await screen.waitFor('Cannot list buckets')).toContain('a name can still be typed');
	expect(list).toHaveBeenCalledTimes(1);
	screen.press('ctrlR');
	await vi.waitFor(() => expect(list).toHaveBeenCalledTimes(2));
	screen.type('acme-logs');
	await screen.waitFor('▸ + use acme-logs');
	screen.press('enter');
	await screen.waitFor('Source       acme-logs in us-east-1');
});

test('an earlier answer that changes marks the buckets for review', async () => {
	const screen = await renderAsking({answers: {environment: 'sandbox'}}, {columns: 120, rows: 40});
	await screen.waitFor('● Mode');
	screen.press('enter', 'enter', 'enter', 'enter');
	await screen.waitFor('● Options');
	screen.press('escape', 'escape', 'escape', 'escape');
	await screen.waitFor('● Mode');
	screen.press('down', 'enter');
	await screen.waitFor('● Accounts');
	expect([...screen.session.getState().review]).toEqual(['accounts', 'buckets']);
	expect(screen.session.getState().answers.sourceBucket).toBe('my-us-east-1');
});

test('the cursor of the destination rests on no bucket that is the source by now', async () => {
	const screen = await renderAsking({answers: {...crossRegion, destinationBucket: 'acme'}});
	await screen.waitFor('▸ + create my-us-east-1');
	screen.type('acme');
	await screen.waitFor('▸ + create acme');
	screen.press('enter');
	await screen.waitFor('Source       acme in us-east-1');
	expect(await screen.waitFor('▸ + create my-us-west-2')).not.toContain('Cannot replicate');
});

test('nor on one that another account has, after a change of the mode', async () => {
	const aws = await openedSandbox();
	await createBucket(aws, 'acme-dr', 'eu-west-1', 'destination');
	const screen = await renderAsking({
		answers: {environment: 'aws', mode: 'cross-account', sourceProfile: 'source'},
		aws,
	});
	await screen.waitFor('Which profile may change the source bucket?');
	screen.press('enter', 'enter');
	await screen.waitFor('▸ Source');
	await screen.waitFor('▸ + create');
	screen.press('enter');
	await screen.waitFor(/1 of 1 bucket$/m);
	screen.type('acme');
	await screen.waitFor('▸ acme-dr');
	screen.press('enter');
	await screen.waitFor('5/9 Options');
	screen.session.answer('mode', {mode: 'cross-region', destinationProfile: undefined});
	screen.press('escape');
	const frame = await screen.waitFor('▸ Destination');
	expect(frame).toMatch(/▸ \+ create my-/);
	expect(frame).not.toContain('acme-dr exists');
});

test('a name that another account owns is told here, and nothing goes on', async () => {
	const aws = await openedSandbox();
	await createBucket(aws, 'taken-by-others', 'eu-west-1', 'destination');
	const screen = await renderAsking({answers: onAws, aws});
	await screen.waitFor('no buckets yet');
	screen.type('taken-by-others');
	await screen.waitFor('+ create taken-by-others');
	screen.press('enter');
	const frame = await screen.waitFor('Cannot use taken-by-others as source');
	expect(frame).toContain('4/9 Buckets');
	expect(frame).toContain('account 111122223333');
	expect(screen.session.getState().answers.sourceBucket).toBeUndefined();
	// The problem is of that name alone.
	screen.type('x');
	await screen.waitFor('Creates taken-by-othersx');
	screen.press('enter');
	await screen.waitFor('Source       taken-by-othersx');

	const {asker} = typedAhead('taken-by-others', 'free-for-all');
	const told: string[] = [];
	const context = questionContext(screen.session, asker, {}, (line) => told.push(line));
	await bucketQuestion('destination', context).ask();
	asker.close();
	expect(told).toEqual([expect.stringContaining('Cannot use taken-by-others as destination')]);
	expect(screen.session.getState().answers.destinationBucket).toBe('free-for-all');
});
