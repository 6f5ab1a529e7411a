import {permissionOf} from './permission-of.js';

/** A permission that a refused call needs, and what it is about: not always what the call names. */
type NeededPermission = {readonly permission: string; readonly resource?: string};

type RefusedCall = {
	readonly operation: string;
	/** The bucket, object or role that the call names. */
	readonly target?: string;
	/** What other permissions than the call's own are about, by their names. */
	readonly resources?: Readonly<Record<string, string>>;
};

/**
 * The permissions that a refused call needs: the one that AWS names, else all of the operation's, each with its own resource.
 * Source: IAM User Guide, "Troubleshoot access denied error messages".
 */
export function neededPermissions(message: string, call: RefusedCall): readonly NeededPermission[] {
	const {operation, target, resources = {}} = call;
	const [, named, told] =
		/is not authorized to perform: ([\w-]+:\w+)(?: on resource: "?(arn:[^\s"]+))?/.exec(message) ?? [];
	const own = permissionOf(operation).split(' and ');
	if (named !== undefined) {
		// SQS writes its actions in small letters.
		const isOfCall = named.toLowerCase() === own[0]?.toLowerCase();
		const permission = isOfCall ? (own[0] ?? named) : named;
		return [{permission, resource: resources[named] ?? (isOfCall ? target : (told ?? target))}];
	}

	return own.map((permission) => ({permission, resource: resources[permission] ?? target}));
}

/** `iam:PassRole on arn:…:role/r`. */
export function permissionText({permission, resource}: NeededPermission): string {
	return resource === undefined ? permission : `${permission} on ${resource}`;
}
