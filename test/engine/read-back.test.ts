import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import type {Connection} from '../../source/aws/ports.js';
import {tutorialNames} from '../../source/domain/answers/tutorial.js';
import {memoryRecords} from '../../source/engine/record/memory-records.js';
import {type TriedWorld, triedWorld} from '../support/tried-world.js';

let world: TriedWorld;

beforeEach(async () => {
	world = await triedWorld('cross-account', async () => undefined);
});

afterEach(async () => world.close());

/** Connections that read versioning back only when the rule is written, and something has been done then. */
function afterTheRule(then: () => void): (connection: Connection) => Connection {
	let ruleWritten = (): void => undefined;
	const isRuleWritten = new Promise<void>((resolve) => {
		ruleWritten = resolve;
	});
	return (connection) => {
		const enabled = new Set<string>();
		const {buckets} = connection;
		return {
			...connection,
			buckets: {
				...buckets,
				async enableVersioning(reference) {
					await buckets.enableVersioning(reference);
					enabled.add(reference.bucket);
				},
				async getVersioning(reference, signal) {
					if (enabled.has(reference.bucket)) await isRuleWritten;
					return buckets.getVersioning(reference, signal);
				},
				async putReplication(reference, configuration) {
					await buckets.putReplication(reference, configuration);
					then();
					ruleWritten();
				},
			},
		};
	};
}

const newestOf = async (records: ReturnType<typeof memoryRecords>) => {
	const [found] = await records.list();
	return found?.ok ? found.record : undefined;
};

describe('what was written and is still read back', () => {
	it('keeps nothing waiting that needs only the write', async () => {
		const records = memoryRecords();

		const ran = await world.run({records, wrap: afterTheRule(() => undefined)});

		expect(ran).toMatchObject({outcome: 'succeeded', problem: null});
	});

	it('fails the run where it is not seen, and the record holds what was written upon it, to be taken back', async () => {
		const {destinationBucket: bucket} = tutorialNames('cross-account');
		const before = await world.everything();
		const records = memoryRecords();
		const refused = afterTheRule(() => {
			const operation = 'GetBucketVersioning';
			world.one.sandbox.setFaults([{service: 's3', operation, bucket, fault: 'AccessDenied'}]);
		});

		const ran = await world.run({records, wrap: refused});
		world.one.sandbox.setFaults([]);

		expect(ran).toMatchObject({
			outcome: 'failed',
			problem: {cause: expect.stringContaining('GetBucketVersioning')},
		});
		const record = await newestOf(records);
		expect(record).toMatchObject({outcome: 'failed', leftToDo: 1, plannedCount: 8});
		const outcomes = record?.steps.map((step) => [
			step.kind === 'operation' && step.operation.id,
			step.outcome,
		]);
		expect(outcomes).toContainEqual(['enable-versioning:destination', 'failed']);
		expect(outcomes).toContainEqual(['put-replication', 'done']);
		const undone = await world.undoAll(records);
		expect(undone.map(({outcome}) => outcome)).toEqual(['succeeded']);
		expect(await world.everything()).toEqual(before);
		expect(await newestOf(records)).toMatchObject({outcome: 'failed', leftToDo: 0});
	});
});
