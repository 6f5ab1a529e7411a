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
	mayBeAt: () => true,
	takesEffectLate: true,
	undoReadings: ['replication'],
};
