import {isKeyArn} from '../answers/key-name.js';
import type {Side} from '../answers/mode.js';
import type {ReplicationRequest} from '../answers/request.js';
import type {Observed} from '../observed/observed.js';
import type {KeyPolicy} from '../observed/observed-key.js';

/** A key that the caller of an end reads, and whose policy it may have to write. */
type CallerKey = {
	readonly arn: string;
	/** Whether KMS has told of it. */
	readonly isDescribed: boolean;
	readonly accountId?: string;
	readonly policy?: KeyPolicy;
};

/** The key of an end: of the source's default encryption, or the one asked for replicas. `undefined`: there is none, or none is known. */
export function callerKey(
	side: Side,
	request: ReplicationRequest,
	{source, destination}: Observed,
): CallerKey | undefined {
	const found =
		side === 'source' ? source.key : destination.key?.state === 'existing' ? destination.key : undefined;
	if (found) {
		const {
			key: {arn, accountId},
			policy,
		} = found;
		return {arn, isDescribed: true, accountId, policy};
	}

	const named = side === 'source' ? source.keyArn : request.rule?.kmsKey;
	return named !== undefined && isKeyArn(named) ? {arn: named, isDescribed: false} : undefined;
}
