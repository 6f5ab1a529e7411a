import {DeleteBucketTaggingCommand, PutBucketTaggingCommand} from '@aws-sdk/client-s3';
import {ListBucketsCommand} from '@aws-sdk/client-s3';
import {expect, it} from 'vitest';
import {tutorialNames} from '../../source/domain/answers/tutorial.js';
import {contractFaults} from '../support/json-contract.js';
import {runProgram} from '../support/program.js';
import {recordedWorld} from '../support/recorded-world.js';

const {sourceBucket} = tutorialNames('cross-region');
const reason = 'its tags: this run made none';

it('leaves a created bucket that somebody tagged, says why, and deletes it once the tags are gone', async () => {
	const world = await recordedWorld();
	const {source} = world.one;
	const names = async () => (await source.send(new ListBucketsCommand({}))).Buckets?.map(({Name}) => Name);
	const applied = await world.apply('cross-region', '--files', '1');
	expect(applied.exitCode).toBe(0);
	const runId = String(applied.events()[0]?.runId);
	const Tagging = {TagSet: [{Key: 'owner', Value: 'them'}]};
	await source.send(new PutBucketTaggingCommand({Bucket: sourceBucket, Tagging}));

	const undone = await world.run('undo', '--yes');

	expect(undone.exitCode).toBe(0);
	expect(contractFaults(undone.events())).toEqual([]);
	expect(await names()).toEqual([sourceBucket]);
	const planned = undone.events().find(({type}) => type === 'plan-made');
	expect(planned?.operations).toContainEqual(
		expect.objectContaining({id: `delete-bucket:${sourceBucket}`, change: 'keep', reason}),
	);
	expect(undone.events()).toContainEqual(
		expect.objectContaining({
			type: 'operation-finished',
			id: `delete-bucket:${sourceBucket}`,
			change: 'keep',
		}),
	);
	expect(undone.events().at(-1)).toMatchObject({outcome: 'succeeded', operations: {kept: 1}, problem: null});
	// What others need is not left to be taken back; it is offered no more unless it is asked for by name.
	const listed = await world.run('runs');
	expect(listed.events()).toMatchObject([{type: 'run-listed', runId, outcome: 'succeeded', leftToUndo: 0}]);
	const asked = await runProgram(['undo', runId, '--yes'], {env: world.env});
	expect(asked.exitCode).toBe(0);
	expect(asked.stdout).toContain(sourceBucket);
	expect(asked.stdout).toContain(reason);
	expect(await names()).toEqual([sourceBucket]);

	await source.send(new DeleteBucketTaggingCommand({Bucket: sourceBucket}));
	const last = await world.run('undo', runId, '--yes');
	expect(last.exitCode).toBe(0);
	expect((await names()) ?? []).toEqual([]);
});
