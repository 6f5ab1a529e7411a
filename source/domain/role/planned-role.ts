import type {ObservedRole} from '../observed/observed.js';
import {trustPolicy} from './trust-policy.js';
import type {RoleCase} from './choose-role.js';

/** The role that is to be created, as far as its boundary holds it back: with no policy yet. Absent where that is not known. */
export function plannedRole({
	request: {permissionsBoundary = ''},
	observed: {boundary},
	choice: {arn},
}: RoleCase): ObservedRole | undefined {
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
