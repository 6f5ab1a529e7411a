import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {CreateRoleCommand, PutRolePolicyCommand} from '@aws-sdk/client-iam';
import {
	DeleteObjectCommand,
	PutBucketOwnershipControlsCommand,
	PutBucketPolicyCommand,
	PutBucketReplicationCommand,
	PutBucketVersioningCommand,
	PutObjectCommand,
	type ReplicationRule,
} from '@aws-sdk/client-s3';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {isOfS3} from '../../source/domain/diagnose/reason-codes.js';
import {makeRandom} from '../../source/sandbox/world/random.js';
import {createKey, keyUsage, leftToIam, letIn} from '../sandbox/support/kms-keys.js';
import {destinationAccountId, openSandbox, type OpenSandbox} from '../sandbox/support/open-sandbox.js';
import {
	createVersioned,
	finalStatusOf,
	policyOf,
	type Statement,
	trustOfS3,
} from '../sandbox/support/replicated-pair.js';
import {runHere} from '../support/run-here.js';
import {sampled} from '../support/sampled.js';
import {until} from '../support/until.js';

let open: OpenSandbox;
let home: string;
beforeAll(async () => {
	open = await openSandbox({replicationDelayMs: 1});
	home = await mkdtemp(path.join(tmpdir(), 's3-replicate-random-'));
});
afterAll(async () => {
	await open.close();
	await rm(home, {recursive: true});
});

type Event = Readonly<Record<string, unknown>> & {readonly type: string};

type World = Awaited<ReturnType<typeof makeWorld>>;

/** Rules of both schemas, destinations of both accounts, and rights some of which are taken away. */
async function makeWorld(seed: number) {
	const random = makeRandom(seed);
	const chance = (share: number): boolean => random() < share;
	const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
	const isBroken = chance(0.7);
	const drops = (actions: readonly string[]): readonly string[] => [
		's3:AbortMultipartUpload',
		...actions.filter(() => !(isBroken && chance(0.1))),
	];
	const source = open.name('source');
	const roleName = open.name('role');
	await createVersioned(open.source, source);
	const {Role} = await open.iam.send(
		new CreateRoleCommand({RoleName: roleName, AssumeRolePolicyDocument: trustOfS3}),
	);
	const roleArn = Role?.Arn ?? '';
	const sourceKey = await createKey(open.kms('source', 'us-east-1'));
	const count = 1 + Math.floor(random() * 3);
	const destinations = await Promise.all(
		Array.from({length: count}, (_, index) => index).map(async () => {
			const isOther = chance(0.4);
			const ownership = pick([
				'BucketOwnerEnforced',
				'BucketOwnerEnforced',
				'BucketOwnerPreferred',
				'ObjectWriter',
			] as const);
			const keyLetsIn = !(isBroken && chance(0.15));
			const policyActions = drops([
				's3:ReplicateObject',
				's3:ReplicateDelete',
				's3:ReplicateTags',
				's3:ObjectOwnerOverrideToBucketOwner',
			]);
			const bucketActions = drops(['s3:GetBucketVersioning', 's3:PutBucketVersioning']);
			const roleActions = drops([
				's3:ReplicateObject',
				's3:ReplicateDelete',
				's3:ReplicateTags',
				's3:ObjectOwnerOverrideToBucketOwner',
			]);
			const keyActions = drops(['kms:Encrypt', 'kms:GenerateDataKey']).map((action) =>
				action.startsWith('kms') ? action : 'kms:ListGrants',
			);
			const only = isBroken && chance(0.15) ? 'in/*' : '*';
			const denies =
				isBroken && chance(0.15)
					? pick([
							's3:ReplicateObject',
							's3:ReplicateTags',
							's3:ReplicateDelete',
							's3:ObjectOwnerOverrideToBucketOwner',
						])
					: undefined;
			const denied = pick(['*', 'in/*', 'out/*']);
			const suspends = isBroken && chance(0.1);
			const name = open.name('dst');
			return {
				isOther,
				ownership,
				keyLetsIn,
				policyActions,
				bucketActions,
				roleActions,
				keyActions,
				only,
				denies,
				denied,
				suspends,
				name,
			};
		}),
	);
	const made = await Promise.all(
		destinations.map(async (one) => {
			const {name: Bucket} = one;
			const client = one.isOther ? open.destination : open.s3('source', 'us-west-2');
			await createVersioned(client, Bucket);
			await client.send(
				new PutBucketOwnershipControlsCommand({
					Bucket,
					OwnershipControls: {Rules: [{ObjectOwnership: one.ownership}]},
				}),
			);
			const key = await createKey(
				open.kms(one.isOther ? 'destination' : 'source', 'us-west-2'),
				one.isOther
					? [
							leftToIam(destinationAccountId),
							...(one.keyLetsIn
								? [letIn(roleArn, ['kms:Encrypt', 'kms:GenerateDataKey', 'kms:Decrypt'])]
								: []),
						]
					: undefined,
			);
			const statements: Statement[] = [];
			if (one.isOther) {
				statements.push(
					{
						Effect: 'Allow',
						Principal: {AWS: roleArn},
						Action: one.policyActions,
						Resource: `arn:aws:s3:::${Bucket}/*`,
					},
					{
						Effect: 'Allow',
						Principal: {AWS: roleArn},
						Action: [
							's3:GetBucketTagging',
							...one.bucketActions.filter((action) => action !== 's3:AbortMultipartUpload'),
						],
						Resource: `arn:aws:s3:::${Bucket}`,
					},
				);
			}
			if (one.denies)
				statements.push({
					Effect: 'Deny',
					Principal: '*',
					Action: one.denies,
					Resource: `arn:aws:s3:::${Bucket}/${one.denied}`,
				});
			if (statements.length > 0)
				await client.send(new PutBucketPolicyCommand({Bucket, Policy: policyOf(statements)}));
			return {...one, client, key};
		}),
	);
	const sourceActions = drops([
		's3:GetObjectVersionForReplication',
		's3:GetObjectVersionAcl',
		's3:GetObjectVersionTagging',
	]);
	const decrypts = !(isBroken && chance(0.1));
	await open.iam.send(
		new PutRolePolicyCommand({
			RoleName: roleName,
			PolicyName: 'all',
			PolicyDocument: policyOf([
				{
					Effect: 'Allow',
					Action: ['s3:GetReplicationConfiguration', 's3:ListBucket'],
					Resource: `arn:aws:s3:::${source}`,
				},
				{Effect: 'Allow', Action: sourceActions, Resource: `arn:aws:s3:::${source}/*`},
				keyUsage(decrypts ? ['kms:Decrypt'] : [], sourceKey, 'us-east-1', source),
				...made.flatMap(({name, roleActions, only, keyActions, key}): Statement[] => [
					{Effect: 'Allow', Action: roleActions, Resource: `arn:aws:s3:::${name}/${only}`},
					keyUsage(keyActions, key, 'us-west-2', name),
				]),
			]),
		}),
	);
	const sourceDeny =
		isBroken && chance(0.1)
			? pick(['s3:GetObjectVersionForReplication', 's3:GetObjectVersionTagging', 's3:GetObjectVersionAcl'])
			: undefined;
	if (sourceDeny)
		await open.source.send(
			new PutBucketPolicyCommand({
				Bucket: source,
				Policy: policyOf([
					{
						Effect: 'Deny',
						Principal: '*',
						Action: sourceDeny,
						Resource: `arn:aws:s3:::${source}/${pick(['*', 'in/*'])}`,
					},
				]),
			}),
		);

	const isV1 = chance(0.2);
	const rules: ReplicationRule[] = isV1
		? (chance(0.5) ? [''] : ['in/', 'out/']).map((Prefix, index) => ({
				ID: `r${index}`,
				Prefix,
				Status: chance(0.85) ? 'Enabled' : 'Disabled',
				Destination: destinationOf(made[0] as (typeof made)[number], false, chance(0.3)),
			}))
		: Array.from({length: 1 + Math.floor(random() * 4)}, (_, index): ReplicationRule => {
				const there = pick(made);
				const prefix = pick(['', '', 'in/', 'in/b', 'out/']);
				const tags = pick([
					[],
					[],
					[],
					[{Key: 'team', Value: 'red'}],
					[
						{Key: 'team', Value: 'red'},
						{Key: 'x', Value: '1'},
					],
				]);
				const takesKms = chance(0.4);
				const destination = destinationOf(there, takesKms, chance(0.4));
				const hasTimeControl = chance(0.2);
				return {
					ID: `r${index}`,
					Priority: index * 3 + 1,
					Status: chance(0.85) ? 'Enabled' : 'Disabled',
					Filter:
						tags.length > 1 || (tags.length > 0 && prefix !== '')
							? {And: {Prefix: prefix === '' ? undefined : prefix, Tags: tags}}
							: tags.length > 0
								? {Tag: tags[0]}
								: {Prefix: prefix},
					DeleteMarkerReplication: {Status: tags.length === 0 && chance(0.4) ? 'Enabled' : 'Disabled'},
					...(takesKms || chance(0.2)
						? {
								SourceSelectionCriteria: {
									...(takesKms
										? {SseKmsEncryptedObjects: {Status: 'Enabled'}}
										: {ReplicaModifications: {Status: 'Enabled'}}),
								},
							}
						: {}),
					Destination: {
						...destination,
						...(hasTimeControl
							? {
									ReplicationTime: {Status: 'Enabled', Time: {Minutes: 15}},
									Metrics: {Status: 'Enabled', EventThreshold: {Minutes: 15}},
								}
							: {}),
						...(chance(0.2) ? {StorageClass: 'STANDARD_IA'} : {}),
					},
				};
			});
	await open.source.send(
		new PutBucketReplicationCommand({
			Bucket: source,
			ReplicationConfiguration: {Role: roleArn, Rules: rules},
		}),
	);
	for (const {suspends, client, name: Bucket} of made)
		if (suspends)
			await client.send(
				new PutBucketVersioningCommand({Bucket, VersioningConfiguration: {Status: 'Suspended'}}),
			);

	const files: {key: string; versionId: string}[] = [];
	for (const key of ['in/a', 'in/b1', 'out/c', 'top']) {
		const Tagging = pick([undefined, undefined, 'team=red', 'team=red&x=1', 'team=blue']);
		const isKms = chance(0.35);
		const {VersionId = ''} = await open.source.send(
			new PutObjectCommand({
				Bucket: source,
				Key: key,
				Body: 'x',
				Tagging,
				...(isKms ? {ServerSideEncryption: 'aws:kms', SSEKMSKeyId: sourceKey} : {}),
			}),
		);
		files.push({key, versionId: VersionId});
		await finalStatusOf(open.source, source, key, VersionId);
		if (!chance(0.3)) continue;
		const gone = await open.source.send(new DeleteObjectCommand({Bucket: source, Key: key}));
		files.push({key, versionId: gone.VersionId ?? ''});
	}
	return {source, rules, files, isBroken};
}

function destinationOf(
	there: {name: string; isOther: boolean; key: string},
	takesKms: boolean,
	overrides: boolean,
): NonNullable<ReplicationRule['Destination']> {
	return {
		Bucket: `arn:aws:s3:::${there.name}`,
		...(takesKms ? {EncryptionConfiguration: {ReplicaKmsKeyID: there.key}} : {}),
		...(there.isOther && overrides
			? {Account: destinationAccountId, AccessControlTranslation: {Owner: 'Destination'}}
			: {}),
	};
}

/** What is wrong with what was told: S3's own reasons have to be among it, and of what arrived nothing. */
async function faultsOf(world: World): Promise<readonly string[]> {
	const ended = await settledOf(world);
	const faults: string[] = [];
	const whole = await diagnose(world);
	const certain = whole.causes.filter(({certainty}) => certainty === 'certain');
	if (!world.isBroken && certain.length > 0) faults.push(`Nothing is broken, told: ${toldIn(certain)}`);
	for (const {ruleId, destination, failureReason = '', key, outcome} of ended) {
		const isTold = whole.causes.some(
			(cause) =>
				cause.ruleId === ruleId && cause.destination === destination && cause.reason === failureReason,
		);
		if (outcome === 'FAILED' && !isTold)
			faults.push(`${key}: ${ruleId} failed by ${failureReason}, told: ${toldIn(whole.causes)}`);
	}

	for (const {key, versionId} of world.files) {
		const {causes, exitCode} = await diagnose(world, '--key', key, '--version-id', versionId);
		const about = ended.filter((entry) => entry.key === key && entry.versionId === versionId);
		const hasFailed = about.some(({outcome}) => outcome === 'FAILED');
		if (about.length > 0 && exitCode !== Number(hasFailed)) faults.push(`${key} ends with ${exitCode}`);
		if (about.length === 0 && causes.length === 0) faults.push(`${key} is taken by no rule, told: nothing`);
		for (const {ID: id} of world.rules) {
			const entry = about.find(({ruleId}) => ruleId === id);
			const told = causes.filter(({ruleId}) => ruleId === id);
			const [first] = told;
			const isRight =
				entry?.outcome === 'FAILED'
					? first?.reason === entry.failureReason && first?.certainty === 'certain'
					: entry?.outcome === 'COMPLETED'
						? told.every(({certainty}) => certainty !== 'certain')
						: first === undefined || first.certainty !== 'certain' || !isOfS3(String(first.reason));
			if (!isRight)
				faults.push(
					`${key} ${versionId}, ${id ?? ''}: ${entry?.failureReason ?? entry?.outcome ?? 'left out'}, told: ${toldIn(told)}`,
				);
		}
	}

	return faults;
}

const toldIn = (causes: readonly Event[]): string =>
	causes.map(({ruleId, reason, certainty}) => [ruleId, reason, certainty].map(String).join(' ')).join(', ');

/** What became of every copy; delete markers have no status that tells. */
async function settledOf({source}: World) {
	await until(() => !open.sandbox.isReplicating());
	return open.sandbox.replications.filter(({bucket}) => bucket === source);
}

async function diagnose({source}: World, ...more: readonly string[]) {
	const {configFile, credentialsFile, endpointUrl} = open.sandbox;
	const {stdout, exitCode} = await runHere(
		[
			...['diagnose', '--json', '--source-bucket', source, '--source-profile', 'source'],
			...['--destination-profile', 'destination', '--endpoint-url', endpointUrl, ...more],
		],
		{
			home,
			env: {
				AWS_CONFIG_FILE: configFile,
				AWS_SHARED_CREDENTIALS_FILE: credentialsFile,
				XDG_STATE_HOME: path.join(home, 'state'),
				HOME: home,
			},
		},
	);
	const events = stdout
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line) as Event);
	return {exitCode, causes: events.filter(({type}) => type === 'cause-found')};
}

const seeds = Array.from({length: 12}, (_, index) => 1 + index);

it.each(sampled('random worlds of rules', seeds))(
	'diagnose tells of random rules and rights what the replicator does with them, seed %i',
	async (seed) => {
		expect(await faultsOf(await makeWorld(seed))).toEqual([]);
	},
);
