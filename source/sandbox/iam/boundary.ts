import {type AttachedPermissionsBoundary} from '@aws-sdk/client-iam';
import {type BoundedHolder} from '../world/account.js';
import {findManagedPolicy, type World} from '../world/world.js';
import {iamError} from './errors.js';

/** Takes the ARN of a permissions boundary, gives it if there is such a policy. Throws NoSuchEntity. */
export function checkBoundary(world: World, arn: string | undefined): string | undefined {
	if (arn === undefined) return undefined;
	if (findManagedPolicy(world, arn) === undefined) {
		throw iamError('NoSuchEntity', `Scope ARN: ${arn} does not exist or is not attachable.`);
	}
	return arn;
}

/** The boundary as GetRole and GetUser show it. */
export function boundaryShownOf({boundaryArn}: BoundedHolder): {
	readonly PermissionsBoundary?: AttachedPermissionsBoundary;
} {
	const arn = boundaryArn.written;
	if (arn === undefined) return {};
	// Answers shown by others say Policy, the reference PermissionsBoundaryPolicy; no recording has it.
	return {
		PermissionsBoundary: {PermissionsBoundaryType: 'Policy' as never, PermissionsBoundaryArn: arn},
	};
}
