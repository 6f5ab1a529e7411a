import type {SQSClient} from '@aws-sdk/client-sqs';
import type {Queues} from '../ports.js';
import type {Caller} from '../problems/caller.js';
import {errorOf} from '../problems/problem-of.js';
import {neededText} from '../responses/needed.js';
import {absent} from './call-bucket.js';

/** As SQS's answers name it, and as its older ones do. Source: SQS API Reference, "QueueDoesNotExist". */
const noQueue = ['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue'] as const;

/** Queues of the caller's account, over SQS; the client of a region is made when it is first asked. Source: SQS API Reference. */
export function queuesPort(client: (region: string) => Promise<SQSClient>, caller: () => Caller): Queues {
	async function call<T>(
		operation: string,
		{region, target}: {readonly region: string; readonly target: string},
		send: (sqs: SQSClient, sdk: typeof import('@aws-sdk/client-sqs')) => Promise<T>,
	): Promise<T> {
		try {
			return await send(await client(region), await import('@aws-sdk/client-sqs'));
		} catch (error) {
			throw errorOf(error, {...caller(), operation, target});
		}
	}

	const nameOf = (url: string): string => url.slice(url.lastIndexOf('/') + 1);

	return {
		async create({name, region}, attributes) {
			return call('CreateQueue', {region, target: name}, async (sqs, {CreateQueueCommand}) => {
				const answer = await sqs.send(new CreateQueueCommand({QueueName: name, Attributes: {...attributes}}));
				return {url: neededText(answer.QueueUrl, 'QueueUrl'), region};
			});
		},
		async find({name, region}, signal) {
			return call('GetQueueUrl', {region, target: name}, async (sqs, {GetQueueUrlCommand}) => {
				const answer = await sqs.send(new GetQueueUrlCommand({QueueName: name}), {abortSignal: signal});
				return {url: neededText(answer.QueueUrl, 'QueueUrl'), region};
			}).catch(absent(...noQueue));
		},
		async receive({url, region}, waitSeconds, signal) {
			const place = {region, target: nameOf(url)};
			return call('ReceiveMessage', place, async (sqs, {ReceiveMessageCommand}) => {
				const answer = await sqs.send(
					new ReceiveMessageCommand({
						QueueUrl: url,
						MaxNumberOfMessages: 10,
						WaitTimeSeconds: waitSeconds,
					}),
					{abortSignal: signal},
				);
				return (answer.Messages ?? []).map(({Body: body = '', ReceiptHandle: handle}) => ({
					body,
					receiptHandle: neededText(handle, 'ReceiptHandle'),
				}));
			});
		},
		async deleteMessages({url, region}, receiptHandles) {
			const place = {region, target: nameOf(url)};
			await call('DeleteMessageBatch', place, async (sqs, {DeleteMessageBatchCommand}) =>
				sqs.send(
					new DeleteMessageBatchCommand({
						QueueUrl: url,
						Entries: receiptHandles.map((handle, index) => ({Id: String(index), ReceiptHandle: handle})),
					}),
				),
			).catch(absent(...noQueue));
		},
		async delete({url, region}) {
			await call('DeleteQueue', {region, target: nameOf(url)}, async (sqs, {DeleteQueueCommand}) =>
				sqs.send(new DeleteQueueCommand({QueueUrl: url})),
			).catch(absent(...noQueue));
		},
	};
}
