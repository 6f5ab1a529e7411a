import type {ReplicationRequest} from '../answers/request.js';
import type {Observed, ObservedRole} from '../observed/observed.js';
import type {RoleChoice} from './choose-role.js';
import {trustPolicy} from './trust-policy.js';

/** The role that is to be created, as far as its boundary holds it back: with no policy yet. Absent where that is not known. */
export function plannedRole(
	{permissionsBoundary = ''}: ReplicationRequest,
	{boundary}: Observed,
	{arn}: RoleChoice,
): ObservedRole | undefined {
	if (boundary?.state !== 'existing') return undefined;
	return {
		arn,
		trust: trustPolicy,
		inline: [],
		attached: [],
		boundary: {arn: permissionsBoundary, document: boundary.document},
		unread: [],
	};
}
