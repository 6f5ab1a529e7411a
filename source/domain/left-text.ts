import type {OperationKind} from './plan.js';

const leftNouns: ReadonlyArray<readonly [OperationKind, string]> = [
	['create-bucket', 'buckets'],
	['enable-versioning', 'versioning'],
	['create-role', 'role'],
	['put-role-policy', 'role policy'],
	['put-bucket-policy', 'bucket policy'],
	['put-replication', 'rule'],
];

/** What a run has changed stays in the accounts. */
export function leftText(changedKinds: readonly OperationKind[]): string {
	// A new role is nothing without its policy.
	const kinds = changedKinds.filter(
		(kind) => kind !== 'put-role-policy' || !changedKinds.includes('create-role'),
	);
	const nouns = leftNouns.flatMap(([kind, noun]) => (kinds.includes(kind) ? [noun] : []));
	const [last = '', ...others] = nouns.toReversed();
	const list = others.length === 0 ? last : `${others.toReversed().join(', ')} and ${last}`;
	const verb = nouns.length > 1 || last === 'buckets' ? 'stay' : 'stays';
	const suspension = changedKinds.includes('enable-versioning')
		? '; versioning can only be suspended, not switched off'
		: '';
	return `${list} ${verb}${suspension}`;
}
