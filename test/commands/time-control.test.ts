import {PutObjectCommand} from '@aws-sdk/client-s3';
import {expect, it} from 'vitest';
import {tutorialNames} from '../../source/domain/answers/tutorial.js';
import {makePassingClock} from '../sandbox/support/passing-clock.js';
import {recordedWorld} from '../support/recorded-world.js';

const minuteMs = 60_000;

// S3 User Guide, "Meeting compliance requirements with S3 Replication Time Control", "Receiving replication failure events" (documented).
it.each([
	{
		option: '--replication-time-control',
		told: [
			['PENDING', 'OperationMissedThreshold'],
			['COMPLETED', 'OperationReplicatedAfterThreshold'],
		],
	},
	{option: '--metrics', told: [['COMPLETED', undefined]]},
	{option: '--delete-markers', told: [['COMPLETED', undefined]]},
])('a rule set up with $option tells of a copy that takes an hour: $told', async ({option, told}) => {
	const clock = makePassingClock();
	const world = await recordedWorld({clock, replicationDelayMs: 60 * minuteMs, seed: 3});
	const applied = await world.apply('cross-region', '--files', '0', option);
	expect(applied.events().at(-1)).toMatchObject({outcome: 'succeeded'});
	const {sourceBucket: Bucket} = tutorialNames('cross-region');
	await world.one.source.send(new PutObjectCommand({Bucket, Key: 'late', Body: 'x'}));
	await clock.pass(16 * minuteMs);
	await clock.pass(600 * minuteMs);

	expect(world.one.sandbox.replications.map(({outcome, event}) => [outcome, event])).toEqual(told);
});
