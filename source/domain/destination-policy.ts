import {grants} from '../policy/compare.js';
import {type PolicyDocument, type Statement, statementsOf} from '../policy/document.js';
import {bucketArn, objectsArn} from './arn.js';

/** The `Id` that the console gives the policy it writes for replication. */
const policyId = 'S3-Console-Replication-Policy';

/**
 * The destination's bucket policy with what the role needs, merged into what is there.
 * Gives the same document back where the role may do everything already. Existing statements are kept in their order;
 * a `Sid` that is taken gets a number behind it.
 * Source: S3 User Guide, "Configuring replication for buckets in different accounts".
 */
export function destinationPolicy(
	existing: PolicyDocument | undefined,
	partition: string,
	destinationBucket: string,
	principalArn: string,
): PolicyDocument {
	const needed = [
		{
			sid: 'Set-permissions-for-objects',
			actions: ['s3:ReplicateObject', 's3:ReplicateDelete'],
			resource: objectsArn(partition, destinationBucket),
		},
		{
			sid: 'Set-permissions-on-bucket',
			actions: ['s3:GetBucketVersioning', 's3:PutBucketVersioning'],
			resource: bucketArn(partition, destinationBucket),
		},
	];
	const base: PolicyDocument = existing ?? {Version: '2012-10-17', Id: policyId, Statement: []};
	// A Deny is somebody's wish, and another statement would not lift it: only what is allowed is looked at here.
	const allowing = {...base, Statement: statementsOf(base).filter(({Effect}) => Effect === 'Allow')};
	const missing = needed.filter(
		({actions, resource}) => !grants(allowing, {principalArn, actions, resource}),
	);
	if (missing.length === 0) return base;

	const statements = [...statementsOf(base)];
	for (const {sid, actions, resource} of missing) {
		const statement: Statement = {
			Sid: freeSid(statements, sid),
			Effect: 'Allow',
			Principal: {AWS: principalArn},
			Action: actions,
			Resource: resource,
		};
		statements.push(statement);
	}

	return {...base, Statement: statements};
}

function freeSid(statements: readonly Statement[], wanted: string): string {
	const taken = new Set(statements.map((statement) => statement.Sid));
	let sid = wanted;
	for (let number = 2; taken.has(sid); number++) sid = `${wanted}-${number}`;
	return sid;
}
