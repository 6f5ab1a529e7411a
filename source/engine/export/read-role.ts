import type {BucketReference, Connection} from '../../aws/ports.js';
import {accountOfArn, partitionOfArn, roleNameOf} from '../../domain/arn.js';
import {globalRegionOf} from '../../domain/region.js';
import type {ExportedRole} from '../../domain/export/set-up.js';
import type {Reader} from './reader.js';

/** Reads a role with everything that makes it what it is; nothing, which is noted, where it is gone, another account's or may not be read. */
export async function readRole(
	arn: string,
	{region: bucketRegion, accountId}: BucketReference,
	{profile, roles, endpoints}: Connection,
	{signal, allowed, leaveOut}: Reader,
): Promise<ExportedRole | undefined> {
	if (accountOfArn(arn) !== accountId) {
		leaveOut(`Left out: the role ${arn}, which is another account's.`);
		return undefined;
	}

	const roleName = roleNameOf(arn);
	const [role, names, attachedArns] = await Promise.all([
		allowed(roles.get(roleName, signal), `the role ${roleName} (iam:GetRole)`),
		allowed(roles.listPolicies(roleName, signal), `the policies of ${roleName} (iam:ListRolePolicies)`),
		allowed(
			roles.listAttachedPolicies(roleName, signal),
			`the policies attached to ${roleName} (iam:ListAttachedRolePolicies)`,
		),
	]);
	// A role of this name with another path is another role: the one that is named was deleted.
	if (role?.arn !== arn) {
		leaveOut(`Left out: the role ${arn}, which is not found.`);
		return undefined;
	}

	const inline = await Promise.all(
		(names ?? []).map(async (name) => {
			const document = await allowed(
				roles.getPolicy(roleName, name, signal),
				`the policy ${name} of ${roleName} (iam:GetRolePolicy)`,
			);
			return document ? [{name, document}] : [];
		}),
	);
	// IAM takes signatures of one region only. Tools know that of AWS's own endpoint, and of no other.
	const region = endpoints.iam === null ? bucketRegion : globalRegionOf(partitionOfArn(arn));
	const {description, trust, maxSessionSeconds, boundaryArn, tags = []} = role;
	return {
		...{arn, accountId, region, profile, description, trust, tags},
		...(maxSessionSeconds === undefined ? {} : {maxSessionSeconds}),
		...(boundaryArn === undefined ? {} : {boundaryArn}),
		inline: inline.flat(),
		attachedArns: attachedArns ?? [],
	};
}
