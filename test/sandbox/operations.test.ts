import * as s3 from '@aws-sdk/client-s3';
import * as s3Control from '@aws-sdk/client-s3-control';
import * as iam from '@aws-sdk/client-iam';
import * as kms from '@aws-sdk/client-kms';
import * as cloudWatch from '@aws-sdk/client-cloudwatch';
import * as sqs from '@aws-sdk/client-sqs';
import * as sts from '@aws-sdk/client-sts';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {cloudWatchActions} from '../../source/sandbox/cloudwatch/cloudwatch-service.js';
import {iamActions} from '../../source/sandbox/iam/actions.js';
import {kmsActions} from '../../source/sandbox/kms/actions.js';
import {s3Actions} from '../../source/sandbox/s3/actions.js';
import {s3ControlActions} from '../../source/sandbox/s3control/actions.js';
import {sqsActions} from '../../source/sandbox/sqs/actions.js';
import {stsActions} from '../../source/sandbox/sts/actions.js';
import {assumeRoleWithWebIdentity} from '../../source/sandbox/sts/actions/assume-role-with-web-identity.js';
import {operationsOf} from '../../source/sandbox/wire/operation.js';
import {errorOf, openSandbox, type OpenSandbox, sourceAccountId} from './support/open-sandbox.js';
import {smallestInputOf} from './support/smallest-input.js';

// Every operation that the SDK knows of the services is either done or refused by its name.

type Client = {readonly send: (command: never) => Promise<unknown>};
type Commands = Readonly<Record<string, new (input: object) => unknown>>;

const services = [
	{
		service: 'S3',
		module: s3,
		done: s3Actions,
		clientOf: ({source}: OpenSandbox): Client => source,
	},
	{
		service: 'S3 Control',
		module: s3Control,
		done: s3ControlActions,
		clientOf: (open: OpenSandbox): Client => open.s3Control('source', 'us-east-1'),
	},
	{service: 'IAM', module: iam, done: iamActions, clientOf: ({iam: client}: OpenSandbox): Client => client},
	{
		service: 'STS',
		module: sts,
		done: new Set([...stsActions.keys(), assumeRoleWithWebIdentity.name]),
		clientOf: (open: OpenSandbox): Client => open.sts('source'),
	},
	{
		service: 'KMS',
		module: kms,
		done: kmsActions,
		clientOf: (open: OpenSandbox): Client => open.kms('source', 'us-east-1'),
	},
	{
		service: 'CloudWatch',
		module: cloudWatch,
		done: cloudWatchActions,
		clientOf: (open: OpenSandbox): Client => open.cloudWatch('source', 'us-east-1'),
	},
	{
		service: 'SQS',
		module: sqs,
		done: sqsActions,
		clientOf: (open: OpenSandbox): Client => open.sqs('source', 'us-east-1'),
	},
] as const;

let open: OpenSandbox;
beforeAll(async () => {
	open = await openSandbox();
	await open.source.send(new s3.CreateBucketCommand({Bucket: 'a-text'}));
});
afterAll(() => open.close());

describe.each(services)('$service', ({module, done, clientOf}) => {
	// What has a host name of its own is of another service: S3 Object Lambda's WriteGetObjectResponse; what names no account in S3
	// Control is of Outposts.
	const refused = [...operationsOf(module).values()].filter(
		({name, input, traits}) =>
			!done.has(name) &&
			(traits as {endpoint?: unknown}).endpoint === undefined &&
			(module !== s3Control || [...input.structIterator()].some(([member]) => member === 'AccountId')),
	);

	it.each(refused)('refuses $name by its name', async ({name, input}) => {
		const Command = (module as unknown as Commands)[`${name}Command`]!;
		const command = new Command({
			...smallestInputOf(input),
			...(module === s3Control ? {AccountId: sourceAccountId} : {}),
		});
		expect(await errorOf(clientOf(open).send(command as never))).toMatchObject({
			code: 'NotImplemented',
			status: 501,
			message: `The sandbox does not implement ${name}.`,
		});
	});
});
