import {type CreatePolicyVersionRequest, type CreatePolicyVersionResponse} from '@aws-sdk/client-iam';
import {seenFromMs} from '../../world/world.js';
import {iamError} from '../errors.js';
import {checkDocument, findOwnPolicy, showVersion} from '../managed-policies.js';
import {type QueryAction} from '../action.js';

const maxVersions = 5;

export const createPolicyVersion: QueryAction<CreatePolicyVersionRequest, CreatePolicyVersionResponse> = {
	name: 'CreatePolicyVersion',
	permission: (call) => ({action: 'iam:CreatePolicyVersion', resource: call.input.PolicyArn ?? ''}),
	target: ({PolicyArn}) => PolicyArn,
	run(call) {
		const policy = findOwnPolicy(call, call.input.PolicyArn);
		const text = checkDocument(call.world, call.input.PolicyDocument);
		if (policy.versions.length >= maxVersions) {
			throw iamError(
				'LimitExceeded',
				'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
			);
		}
		const version = {versionId: `v${policy.nextVersion}`, text, createdMs: call.world.clock.now()};
		policy.nextVersion += 1;
		policy.versions = [version, ...policy.versions];
		if (call.input.SetAsDefault === true) {
			policy.defaultVersionId = version.versionId;
			policy.document.write(text, seenFromMs(call.world));
		}
		return {PolicyVersion: showVersion(policy, version, {showsDocument: false})};
	},
};
