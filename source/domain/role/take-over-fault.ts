import type {ReplicationRequest} from '../answers/request.js';
import {accountOfArn, bucketOfArn} from '../arn.js';
import type {Observed} from '../observed/observed.js';
import type {ReplicationRule} from '../rule/replication-configuration.js';
import {optionsIn} from '../rule/rule-options.js';
import {dutiesOf} from './duties.js';
import {letsIn} from './lets-in.js';
import {placesOf} from './places.js';
import {dutyContext} from './role-duties.js';

/**
 * Why a rule that is taken over would stop: what it needs of another account (`dutiesOf`: the policy of its bucket, of its key) is not
 * in this program's hands. What it needs of the role the role gets, as for a rule that is made. Nothing where it goes on.
 */
export function takeOverFault(
	rule: ReplicationRule,
	request: ReplicationRequest,
	observed: Observed,
	roleArn: string,
): string | undefined {
	return bucketFault(rule, request, observed) ?? keyFault(rule, request, observed, roleArn);
}

function bucketFault(
	{Destination: {Bucket: arn, Account: account}}: ReplicationRule,
	request: ReplicationRequest,
	{source, ownBuckets}: Observed,
): string | undefined {
	const bucket = bucketOfArn(arn);
	// Its policy gets what this rule needs, too.
	if (bucket === request.destination.bucket) return undefined;
	if (account !== undefined && account !== source.caller.accountId)
		return `${bucket} is of account ${account}, and its bucket policy has to name the role`;
	if (ownBuckets?.state === 'read' && ownBuckets.names.includes(bucket)) return undefined;
	return ownBuckets?.state === 'read'
		? `${bucket} is not of account ${source.caller.accountId}: its bucket policy must name the role`
		: `it is not known whose ${bucket} is: ${ownBuckets?.cause ?? 'the buckets of the account have not been read.'}`;
}

/** In the role's own account a key leaves the decision to IAM as a rule; another account's has to let the role in itself. */
function keyFault(
	rule: ReplicationRule,
	request: ReplicationRequest,
	observed: Observed,
	roleArn: string,
): string | undefined {
	const {kmsKey} = optionsIn(rule);
	if (kmsKey === undefined || accountOfArn(kmsKey) === observed.source.caller.accountId) return undefined;
	const {key} = observed.destination;
	const policy = key?.state === 'existing' && key.key.arn === kmsKey ? key.policy : undefined;
	const places = placesOf(request, observed, [rule]);
	const isLetIn =
		policy?.state === 'read' &&
		dutiesOf(rule, dutyContext(request, observed)).keyPolicy.every((need) =>
			letsIn(policy.document, {...need, resource: kmsKey}, roleArn, places),
		);
	return isLetIn
		? undefined
		: `its key ${kmsKey} is of account ${accountOfArn(kmsKey)}: its key policy must name the role`;
}
