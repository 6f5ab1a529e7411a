import {type Side, sides} from '../answers/mode.js';
import type {PlanContext} from './plan-context.js';
import type {Change} from './kind.js';
import type {OperationBase, PlannedKind} from './kind.js';

export type EnableVersioning = OperationBase & {
	readonly kind: 'enable-versioning';
	readonly before?: {readonly Status?: 'Suspended' | 'Enabled'};
	readonly after: {readonly Status: 'Enabled'};
};

export const enableVersioning: PlannedKind<EnableVersioning> = {
	kind: 'enable-versioning',
	words: {plan: 'Enable versioning', doing: 'Enabling versioning', done: 'Versioning enabled'},
	noun: 'the versioning of',
	detail: ({before}) => (before?.Status === 'Suspended' ? 'Suspended → Enabled' : 'Enabled'),
	remaining: {noun: 'versioning', remark: 'versioning can only be suspended, not switched off'},
	needs: {bucket: ['s3:PutBucketVersioning']},
	undoNeeds: {},
	plan: (context) => sides.map((side) => enableVersioningAt(side, context)),
	mayBeAt: () => true,
	takesEffectLate: true,
	undoReadings: ['replication'],
};

function enableVersioningAt(side: Side, {observed, [side]: end}: PlanContext): EnableVersioning {
	const {bucket} = observed[side];
	const versioning = bucket.state === 'owned' ? bucket.versioning : undefined;
	const change: Change = versioning === undefined ? 'create' : versioning === 'Enabled' ? 'keep' : 'update';
	return {
		id: `enable-versioning:${side}`,
		kind: 'enable-versioning',
		side,
		target: end.bucket,
		change,
		account: end.accountId,
		region: end.region,
		requires: [`create-bucket:${side}`],
		before: versioning === undefined ? undefined : versioning === 'Unversioned' ? {} : {Status: versioning},
		after: {Status: 'Enabled'},
	};
}
