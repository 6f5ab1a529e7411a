import type {ReplicationConfiguration} from '../rule/replication-configuration.js';
import type {RunRecord} from '../record/run-record.js';
import type {UndoObserved} from './undo-observed.js';
import type {UndoStep} from './undo-plan.js';
import type {PolicyDocument} from '../../policy/document.js';
import {differencesOf, notCreatedBecause} from './own-bucket.js';
import {type Group, stepFor, undoOf} from './recorded-group.js';
import {gone, stays} from './undo-reason.js';

/** The rules of a bucket, as an undo leaves them. */
export type LeftReplication = {readonly target: string; readonly after: ReplicationConfiguration | undefined};

/**
 * Deletes a bucket that a run created, where it is the very bucket still and nothing of others is in it: no object, rule, statement or
 * setting. What cannot be read counts as theirs.
 */
export function deleteBucket(
	group: Group<'create-bucket'>,
	{buckets}: UndoObserved,
	{
		replications,
		policies,
		records,
		requires,
	}: {
		readonly replications: readonly LeftReplication[];
		readonly policies: readonly UndoStep[];
		/** Of this machine and endpoint, this run's among them: what they wrote is known. */
		readonly records: readonly RunRecord[];
		readonly requires: readonly string[];
	},
): {readonly step: UndoStep; readonly notes: readonly string[]} {
	const bucket = buckets[group.target];
	const operation = {...undoOf(group, 'delete-bucket', requires), after: null};
	const keep = (reason: UndoStep['reason']) => ({
		step: stepFor(group, {...operation, change: 'keep'}, reason),
		notes: [],
	});
	if (bucket?.state !== 'owned') return keep(gone('it is not there any more'));
	const theirs = notCreatedBecause(group.all);
	if (theirs !== undefined) return keep(stays(theirs));
	const {image} = bucket;
	const restored = replications.find(({target}) => target === group.target);
	const policy = policies.find(({operation: {target}}) => target === group.target)?.operation.after;
	const reasons = [
		...(bucket.hasOthers ? ['other objects are in it'] : []),
		...rulesLeft(restored ? restored.after : bucket.replication),
		...sendersOf(group.target, replications),
		...statementsLeft(policy === undefined ? bucket.policy : (policy as PolicyDocument | null)),
		...(bucket.unread ?? []),
		...(image ? differencesOf(group, image, records) : ['its settings cannot be read']),
	];
	if (reasons.length > 0) return keep(stays(reasons.join('; ')));
	const recordedAt = group.all.findLast((step) => step.image)?.image?.createdAt;
	const isMoved =
		recordedAt !== undefined && image?.createdAt !== undefined && image.createdAt !== recordedAt;
	return {
		step: stepFor(group, {...operation, image, change: 'delete'}),
		notes: isMoved ? [movedNote(group.target)] : [],
	};
}

function rulesLeft(configuration: ReplicationConfiguration | undefined): readonly string[] {
	if (!configuration) return [];
	const ids = configuration.Rules.map(({ID: id}) => id ?? 'one without a name');
	return [`other replication rules are in it: ${ids.join(', ')}`];
}

/** Rules of other buckets need the bucket even while nothing of theirs has arrived. */
function sendersOf(bucket: string, replications: readonly LeftReplication[]): readonly string[] {
	const senders = replications.flatMap(({target, after}) =>
		(after?.Rules ?? [])
			.filter(({Destination: {Bucket: arn}}) => target !== bucket && arn.endsWith(`:::${bucket}`))
			.map(({ID: id}) => `${id ?? 'one without a name'} of ${target}`),
	);
	return senders.length > 0 ? [`other replication rules send objects to it: ${senders.join(', ')}`] : [];
}

function statementsLeft(policy: PolicyDocument | null | undefined): readonly string[] {
	return policy ? ['its policy has other statements'] : [];
}

function movedNote(bucket: string): string {
	return `S3 lists another creation time for ${bucket} than after the run. A change to a bucket can do that. If somebody deleted it and made it again, it is not this run's.`;
}
