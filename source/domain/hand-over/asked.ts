import {createHash} from 'node:crypto';
import {type Side, sides} from '../answers/mode.js';
import {isOthers} from '../answers/others-profile.js';
import type {ReplicationRequest} from '../answers/request.js';
import {otherSide} from '../answers/way-back.js';
import type {Observed} from '../observed/observed.js';
import {planWays} from '../plan/make-plan.js';
import {type PlannedOperation, operationText, plannedKindOf} from '../operations/registry.js';
import {canonical} from '../same-value.js';

/** One thing that the other side must do, with the document that says it. */
export type Asked = {
	/** The kind of operation that does it. */
	readonly kind: string;
	/** Such as: Put bucket policy. */
	readonly what: string;
	/** The bucket, or the key's ARN. */
	readonly target: string;
	/** The setting, or the policy with the statements to add and nothing else. */
	readonly document: unknown;
	readonly sha256: string;
};

/** The side whose credentials nobody here has; nothing where both are known. */
function othersSideOf(request: ReplicationRequest): Side | undefined {
	return sides.find((side) => isOthers(request[side].profile));
}

/**
 * What the destination's side must do before the source's may write its rule, as if nothing of it were done: so both sides come to the same,
 * each from what it sees. Nothing where no plan can be made. Pure.
 */
export function askedOf(request: ReplicationRequest, observed: Observed): readonly Asked[] {
	const {destination} = observed;
	const {key} = destination;
	const bare: Observed = {
		...observed,
		destination: {
			...destination,
			bucket: {
				state: 'owned',
				region:
					destination.bucket.state === 'owned'
						? destination.bucket.region
						: (request.destination.region ?? ''),
				versioning: 'Unversioned',
			},
			policy: undefined,
			key:
				key?.state === 'existing'
					? {...key, policy: {state: 'read', document: {Version: '2012-10-17', Statement: []}}}
					: key,
		},
		back: undefined,
	};
	const {there} = planWays({...request, back: undefined}, bare);
	if (!there.ok) return [];
	return there.plan.operations.flatMap((operation) =>
		operation.side === 'destination' && plannedKindOf(operation.kind).isAskedOfOthers
			? [askedBy(operation)]
			: [],
	);
}

function askedBy({kind, target, after}: PlannedOperation): Asked {
	return {
		kind,
		what: operationText(kind).plan,
		target,
		document: after,
		sha256: sha256Of(after),
	};
}

/** A hash of what a value means: the order of members and of lists says nothing. */
export function sha256Of(value: unknown): string {
	return createHash('sha256').update(canonical(value)).digest('hex');
}

/** The side that is here, where one is somebody else's. */
export function ownSideOf(request: ReplicationRequest): Side | undefined {
	const side = othersSideOf(request);
	return side && otherSide(side);
}
