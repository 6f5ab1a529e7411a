import {otherSide} from '../answers/way-back.js';
import {isSameValue} from '../same-value.js';
import {type PlannedOperation, plannedKindOf} from '../operations/registry.js';

/**
 * The operations of both directions as one plan: first those there with what both share, then those that only the way back needs. Buckets,
 * their versioning and a role that serves both appear once. Pure.
 */
export function mergeDirections(
	there: readonly PlannedOperation[],
	back: readonly PlannedOperation[],
): readonly PlannedOperation[] {
	const ids = new Map<string, string>();
	const own: PlannedOperation[] = [];
	for (const operation of back) {
		const shared = there.find(
			(other) => isSameTarget(other, operation) && isSameValue(other.after, operation.after),
		);
		ids.set(operation.id, shared?.id ?? `${operation.id}:back`);
		if (!shared) own.push(operation);
	}

	return [
		...there,
		...own.map((operation) => ({
			...operation,
			id: `${operation.id}:back`,
			side: otherSide(operation.side),
			direction: 'back' as const,
			// A key's policy that both write differently is merged anew: one after the other.
			requires: [
				...operation.requires.map((id) => ids.get(id) ?? id),
				...there.filter((other) => isSameTarget(other, operation)).map(({id}) => id),
			],
		})),
	];
}

function isSameTarget(left: PlannedOperation, right: PlannedOperation): boolean {
	return (
		left.kind === right.kind &&
		left.target === right.target &&
		left.account === right.account &&
		partOf(left) === partOf(right)
	);
}

const partOf = (operation: PlannedOperation): string =>
	plannedKindOf(operation.kind).partOf?.(operation) ?? '';
