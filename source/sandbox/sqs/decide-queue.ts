import {decide, type AccessRequest, type Decision, type NamedPolicy} from '../../policy/decide.js';
import {decideAccess} from '../access/decide-access.js';
import {environmentOf, requestContextOf} from '../access/request-context.js';
import {currentDocumentOf} from '../access/resource-policy.js';
import {type Identity} from '../world/credential.js';
import {type Queue} from '../world/queue.js';
import {type World} from '../world/world.js';

type Asked = {
	readonly action: string;
	readonly arn: string;
	readonly region: string;
	readonly queue: Queue | undefined;
};

/** Decides what a caller does with a queue: by its policies and the queue's (SQS Developer Guide, sqs-using-identity-based-policies). */
export function decideQueueUse(
	world: World,
	identity: Identity,
	{action, arn, region, queue}: Asked,
): {readonly request: AccessRequest; readonly decision: Decision} {
	return decideAccess(
		world,
		identity,
		{
			action,
			resource: arn,
			resourceAccountId: arn.split(':')[4] ?? '',
			context: () => ({...requestContextOf(world, region), ...tagContextOf(queue)}),
		},
		policyOf(world, queue),
	);
}

/**
 * Says whether a service may send to the queue for a resource of an account: by the queue's policy alone (S3 User Guide,
 * grant-destinations-permissions-to-s3).
 */
export function mayServiceSend(
	world: World,
	queue: Queue,
	sender: {readonly service: string; readonly sourceArn: string; readonly sourceAccountId: string},
): boolean {
	return decide(
		{
			caller: {kind: 'service', service: sender.service},
			action: 'sqs:SendMessage',
			resource: queue.arn,
			resourceAccountId: queue.accountId,
			context: {
				...environmentOf(world, queue.region),
				'aws:PrincipalIsAWSService': 'true',
				'aws:PrincipalServiceName': sender.service,
				'aws:SourceArn': sender.sourceArn,
				'aws:SourceAccount': sender.sourceAccountId,
				...tagContextOf(queue),
			},
		},
		{identity: [], resource: policyOf(world, queue)},
	).isAllowed;
}

function policyOf(world: World, queue: Queue | undefined): NamedPolicy | undefined {
	const policy = queue?.policy.inEffect(world.clock.now());
	return policy === undefined
		? undefined
		: {name: 'queue-policy', document: currentDocumentOf(world, policy)};
}

function tagContextOf(queue: Queue | undefined): Readonly<Record<string, string>> {
	return Object.fromEntries(
		[...(queue?.tags ?? [])].map(([key, value]) => [`aws:ResourceTag/${key}`, value]),
	);
}
