import type {Side} from '../../domain/answers/mode.js';
import {otherSide} from '../../domain/answers/way-back.js';
import type {PlannedOperation} from '../../domain/operations/registry.js';
import type {Plan} from '../../domain/plan/plan.js';
import type {AwsErrorResponse} from '../../domain/problem.js';
import {type RetryRule, waits} from '../waits.js';

/** Whether this run changes it: only then may AWS not know it yet, and waiting helps. */
export function isChanged({operations}: Plan, id: PlannedOperation['id']): boolean {
	return operations.some((operation) => operation.id === id && operation.change !== 'keep');
}

/** A bucket that this run has just created may not be known everywhere yet. */
export function newBucketRetryRule(
	plan: Plan,
	side: Side,
): (answer: AwsErrorResponse) => RetryRule | undefined {
	return ({code}) =>
		code === 'NoSuchBucket' && isChanged(plan, `create-bucket:${side}`) ? waits.newBucket : undefined;
}

const isOfRules = ({code}: AwsErrorResponse): boolean => code === 'InvalidRequest';

/** Whether S3 refuses rules because of a destination. Source: docs/aws-facts.md, 5.6. */
export function isDestinationRefusal(answer: AwsErrorResponse): boolean {
	return isOfRules(answer) && /destination bucket must/i.test(answer.message);
}

/**
 * Versioning that this run has just enabled may not be in effect yet: S3 refuses rules meanwhile, and says of which end. `at` is the end that
 * the rules are put at: on the way back the destination.
 */
export function versioningRetryRule(
	plan: Plan,
	at: Side,
): (answer: AwsErrorResponse) => RetryRule | undefined {
	const isNew = (side: Side): boolean =>
		isChanged(plan, `enable-versioning:${side}`) || isChanged(plan, `create-bucket:${side}`);
	return (answer) => {
		if (!isOfRules(answer)) return undefined;
		const isOther = isDestinationRefusal(answer);
		const side = isOther ? otherSide(at) : at;
		const isMeant = isOther || /versioning/i.test(answer.message);
		return isMeant && isNew(side) ? waits.versioning : undefined;
	};
}
