import {type AttachedPermissionsBoundary} from '@aws-sdk/client-iam';
import {type BoundedHolder} from '../world/account.js';
import {findManagedPolicy, type World} from '../world/world.js';
import {ServiceError} from '../wire/service-error.js';
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

/**
 * The condition key of a boundary, where there is one: the one asked for, or the one that the user or role has.
 * Source: Service Authorization Reference, "Actions, resources, and condition keys for AWS Identity and Access Management".
 */
export function boundaryContext(arn: string | undefined): Readonly<Record<string, string>> {
	return arn === undefined ? {} : {'iam:PermissionsBoundary': arn};
}

/** The boundary of a user or role; nothing of what has none, or is not there. */
export function boundaryHad(find: () => object): string | undefined {
	try {
		return (find() as Partial<BoundedHolder>).boundaryArn?.written;
	} catch (error) {
		if (error instanceof ServiceError) return undefined;
		throw error;
	}
}
