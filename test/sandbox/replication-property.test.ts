import {afterEach, expect, it} from 'vitest';
import {sampled} from '../support/sampled.js';
import {CreateRoleCommand, PutRolePolicyCommand} from '@aws-sdk/client-iam';
import {makeRandom} from '../../source/sandbox/world/random.js';
import {until} from '../support/until.js';
import {demandedOf, readBucket} from './support/compare-buckets.js';
import {makeGatedClock} from './support/gated-clock.js';
import {openSandbox, type OpenSandbox} from './support/open-sandbox.js';
import {type Play, playStep} from './support/play-step.js';
import {nextStep, type Step} from './support/random-step.js';
import {createVersioned, policyOf, trustOfS3} from './support/replicated-pair.js';
import {bucketOf, makeModel} from './support/replication-model.js';

const buckets = ['one', 'two', 'three', 'four'].map((name) => `bucket-${name}`);
const [one, two, three, four] = buckets as [string, string, string, string];
/** Each of the first two replicates to the other, so that replicas would go round for ever if they were copied again. */
const routes = {[one]: [two, three], [two]: [one, four]};
const stepsPerSequence = 50;
const seeds = Array.from({length: 12}, (_, index) => 1000 + index);

let open: OpenSandbox | undefined;
afterEach(() => open?.close());

const start = async (): Promise<Play> => {
	const clock = makeGatedClock();
	open = await openSandbox({replicationDelayMs: 1, clock});
	const client = open.source;
	await Promise.all(buckets.map((bucket) => createVersioned(client, bucket)));
	const {Role} = await open.iam.send(
		new CreateRoleCommand({RoleName: 'copies', AssumeRolePolicyDocument: trustOfS3}),
	);
	const everything = policyOf([{Effect: 'Allow', Action: 's3:*', Resource: '*'}]);
	await open.iam.send(
		new PutRolePolicyCommand({RoleName: 'copies', PolicyName: 'all', PolicyDocument: everything}),
	);
	return {client, clock, model: makeModel(buckets), roleArn: Role?.Arn ?? ''};
};

/** Rules that are disabled keep what is pending, so all are enabled before the end is awaited. */
const enableAll = (play: Play): readonly Step[] =>
	[one, two].map((bucket) => ({
		does: 'set-rules',
		bucket,
		rules: bucketOf(play.model, bucket).rules.map((rule) => ({...rule, isEnabled: true})),
	}));

const readAll = async ({client}: Play) =>
	Object.fromEntries(
		await Promise.all(buckets.map(async (bucket) => [bucket, await readBucket(client, bucket)] as const)),
	);
const demandedOfAll = ({model}: Play) =>
	Object.fromEntries(buckets.map((bucket) => [bucket, demandedOf(model, bucket)]));

it.each(sampled('random sequences', seeds, 6))(
	'leaves every bucket as the rules demand after the random sequence of seed %i',
	async (seed) => {
		const random = makeRandom(seed);
		const play = await start();
		const steps: Step[] = [];
		const told = () => `seed ${seed}, steps:\n${steps.map((step) => JSON.stringify(step)).join('\n')}`;
		for (let count = 0; count < stepsPerSequence; count += 1) {
			const step = nextStep(random, play.model, routes);
			steps.push(step);
			await playStep(play, step);
		}
		expect(await readAll(play), `with copies under way, ${told()}`).toEqual(demandedOfAll(play));
		for (const step of enableAll(play)) await playStep(play, step);
		const settled = await until(
			async () => {
				await playStep(play, {does: 'copy'});
				const seen = await readAll(play);
				return (
					Object.values(seen)
						.flat()
						.every(({object}) => object?.status !== 'PENDING') && seen
				);
			},
			{describe: () => `Something stays PENDING, ${told()}`},
		);
		expect(settled, `at the end, ${told()}`).toEqual(demandedOfAll(play));
		const ended = open?.sandbox.replications.map(
			({bucket, key, versionId, destination, outcome}) =>
				`${bucket}/${key}@${versionId} > ${destination}: ${outcome}`,
		);
		expect(ended?.sort(), `the log, ${told()}`).toEqual([...play.model.ended].sort());
	},
);
