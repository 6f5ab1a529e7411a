import * as s3 from '@aws-sdk/client-s3';
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
import {sqsActions} from '../../source/sandbox/sqs/actions.js';
import {stsActions} from '../../source/sandbox/sts/actions.js';
import {stsService} from '../../source/sandbox/sts/sts-service.js';
import {operationsOf} from '../../source/sandbox/wire/operation.js';
import {errorOf, openSandbox, type OpenSandbox} from './support/open-sandbox.js';
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
	{service: 'IAM', module: iam, done: iamActions, clientOf: ({iam: client}: OpenSandbox): Client => client},
	{
		service: 'STS',
		module: sts,
		done: new Set([...stsActions.keys(), ...(stsService.unsignedActions ?? new Map()).keys()]),
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

it('refuses S3 Control, which clients call at the same endpoint', async () => {
	const client = open.s3('source', 'us-east-1');
	client.middlewareStack.add(
		(next) => async (args) => {
			(args.request as {headers: Record<string, string>}).headers['x-amz-account-id'] = '111122223333';
			return next(args);
		},
		{step: 'build'},
	);
	const Key = 'configuration/publicAccessBlock';
	const call = client.send(new s3.GetObjectCommand({Bucket: 'v20180820', Key}));
	expect(await errorOf(call)).toMatchObject({
		code: 'NotImplemented',
		status: 501,
		message: 'The sandbox does not implement S3 Control.',
	});
});

describe.each(services)('$service', ({module, done, clientOf}) => {
	// What has a host name of its own is of another service: S3 Object Lambda's WriteGetObjectResponse.
	const refused = [...operationsOf(module).values()].filter(
		({name, traits}) => !done.has(name) && (traits as {endpoint?: unknown}).endpoint === undefined,
	);

	it.each(refused)('refuses $name by its name', async ({name, input}) => {
		const Command = (module as unknown as Commands)[`${name}Command`]!;
		const command = new Command(smallestInputOf(input));
		expect(await errorOf(clientOf(open).send(command as never))).toMatchObject({
			code: 'NotImplemented',
			status: 501,
			message: `The sandbox does not implement ${name}.`,
		});
	});
});
