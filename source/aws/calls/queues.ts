import type {SQSClient} from '@aws-sdk/client-sqs';
import type {Queues} from '../ports.js';
import type {Caller} from '../problems/caller.js';
import {neededText} from '../responses/needed.js';
import {absent, type ClientOf, serviceCaller} from './call-service.js';

/** As SQS's answers name it, and as its older ones do. Source: SQS API Reference, "QueueDoesNotExist". */
const noQueue = ['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue'] as const;

/** Queues of the caller's account, over SQS; the client of a region is made when it is first asked. Source: SQS API Reference. */
export function queuesPort(client: ClientOf<SQSClient>, caller: () => Caller): Queues {
	const {call} = serviceCaller(async () => import('@aws-sdk/client-sqs'), client, caller);
	const nameOf = (url: string): string => url.slice(url.lastIndexOf('/') + 1);
	return {
		async create({name, region}, attributes) {
			const input = {QueueName: name, Attributes: {...attributes}};
			return call('CreateQueue', input, {region, target: name}, ({QueueUrl: url}) => ({
				url: neededText(url, 'QueueUrl'),
				region,
			}));
		},
		async find({name, region}, signal) {
			return call('GetQueueUrl', {QueueName: name}, {region, target: name, signal}, ({QueueUrl: url}) => ({
				url: neededText(url, 'QueueUrl'),
				region,
			})).catch(absent(...noQueue));
		},
		async receive({url, region}, waitSeconds, signal) {
			const input = {QueueUrl: url, MaxNumberOfMessages: 10, WaitTimeSeconds: waitSeconds};
			const about = {region, target: nameOf(url), signal};
			return call('ReceiveMessage', input, about, ({Messages: messages = []}) =>
				messages.map(({Body: body = '', ReceiptHandle: handle}) => ({
					body,
					receiptHandle: neededText(handle, 'ReceiptHandle'),
				})),
			);
		},
		async deleteMessages({url, region}, receiptHandles) {
			const entries = receiptHandles.map((handle, index) => ({Id: String(index), ReceiptHandle: handle}));
			const about = {region, target: nameOf(url)};
			await call('DeleteMessageBatch', {QueueUrl: url, Entries: entries}, about).catch(absent(...noQueue));
		},
		async delete({url, region}) {
			const about = {region, target: nameOf(url)};
			await call('DeleteQueue', {QueueUrl: url}, about).catch(absent(...noQueue));
		},
	};
}
