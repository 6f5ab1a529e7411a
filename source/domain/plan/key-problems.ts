import type {PolicyDocument} from '../../policy/document.js';
import type {ReplicationRequest} from '../answers/request.js';
import {chooseRole} from '../role/choose-role.js';
import {keyDuties, plannedKeyPolicy} from '../role/key-statements.js';
import {placesOf} from '../role/places.js';
import {deletedPrincipalsProblem} from './deleted-principals-problem.js';
import {ruleInForce} from '../role/role-duties.js';
import type {Observed} from '../observed/observed.js';
import type {KeyDescription} from '../observed/observed-key.js';
import {fixable, type Problem} from '../problem.js';
import {profileOption} from '../answers/profile-option.js';
import {isKeyArn} from '../answers/key-name.js';
import {managedKeyProblem, otherRegionProblem} from '../answers/rule-conflicts.js';

/** Source: KMS Developer Guide, "Resource quotas": a key policy document has at most 32 KB. */
const maxPolicyBytes = 32 * 1024;

/** One way of a set-up. */
type Way = {readonly request: ReplicationRequest; readonly observed: Observed};

/** Key policies that KMS would refuse with the statement for the role: too long, or with a deleted principal; one that stays as it is is fine. */
export function keyPolicyProblems(request: ReplicationRequest, observed: Observed): readonly Problem[] {
	return writtenKeys({request, observed}).flatMap(({key, policy: {document}, extend}) => {
		const after = extend(document);
		if (after === document) return [];
		const about = {kind: 'key policy', target: key.arn, service: 'KMS'};
		const stale = deletedPrincipalsProblem(document, about);
		return stale && !request.dropsDeletedPrincipals
			? [stale]
			: tooLong(key, after, 'the statement for the role');
	});
}

/** Key policies that each way would write and that hold what either adds, but not both. */
export function keyPolicyProblemsTogether(there: Way, back: Way): readonly Problem[] {
	const written = writtenKeys(there);
	return writtenKeys(back).flatMap(({key, policy: {document}, extend}) => {
		const first = written.find((other) => other.key.arn === key.arn);
		if (!first) return [];
		const after = extend(first.extend(document));
		return after === document ? [] : tooLong(key, after, 'the statements for both ways');
	});
}

/** The keys whose policies a way writes, and what it makes of such a policy. */
function writtenKeys({request, observed}: Way) {
	const choice = chooseRole(request, observed);
	const places = placesOf(request, observed, [ruleInForce(request, observed)]);
	return keyDuties(request, observed).map((duty) => ({
		...duty,
		extend: (document: PolicyDocument) => plannedKeyPolicy(request, document, duty, choice.arn, places),
	}));
}

function tooLong({arn}: KeyDescription, after: PolicyDocument, added: string): readonly Problem[] {
	const sizeBytes = new TextEncoder().encode(JSON.stringify(after)).length;
	if (sizeBytes <= maxPolicyBytes) return [];
	return [
		fixable(
			'key-policy-too-long',
			`Cannot extend the policy of ${arn}: too long`,
			`With ${added} it would have ${sizeBytes} bytes, and KMS takes at most ${maxPolicyBytes}.`,
			[
				"Shorten the key's policy: join statements, or remove those that name nobody.",
				'Leave the role to the IAM of its account: a statement with the principal arn:…:root.',
			],
		),
	];
}

/**
 * Why replicas cannot be encrypted with the key asked for: S3 takes any name in a rule, and each object fails later with the reason that is
 * named here. Source: S3 User Guide, "Replicating encrypted objects" and "Replication failure reasons"; KMS Developer Guide, "Key states".
 */
export function keyProblems(request: ReplicationRequest, {destination}: Observed): readonly Problem[] {
	const name = request.rule?.kmsKey;
	const {key: observed, bucket} = destination;
	if (name === undefined || observed === undefined) return [];
	const region = (bucket.state === 'owned' ? bucket.region : request.destination.region) ?? '';
	switch (observed.state) {
		case 'existing': {
			return foundProblems(request, name, observed.key);
		}

		case 'elsewhere': {
			return [otherRegionProblem(name, region)];
		}

		case 'absent': {
			const {aliases} = observed;
			return [
				fixable(
					'kms-key-not-found',
					`Cannot encrypt replicas with ${name}: no such key`,
					`KMS knows no key of this name in ${region} for the profile ${request.destination.profile}. S3 would take the rule, and each object would fail with DstKmsKeyNotFound.`,
					[
						...(aliases.length > 0 ? [`There are these aliases: ${aliases.join(', ')}.`] : []),
						`Give the ARN or the alias of a key in ${region}: --kms-key.`,
					],
				),
			];
		}

		case 'unreadable': {
			// The rule can name a key that may not be looked at, but not an alias that may not be resolved.
			if (isKeyArn(name)) return [];
			return [
				fixable('kms-key-unreadable', `Cannot find the key behind ${name}`, observed.cause, [
					`Let the profile ${request.destination.profile} perform kms:DescribeKey on it.`,
					"Give the key's own ARN: --kms-key arn:…:key/ID.",
				]),
			];
		}
	}
}

function foundProblems(
	{mode, destination}: ReplicationRequest,
	name: string,
	key: KeyDescription,
): readonly Problem[] {
	const problems: Problem[] = [];
	if (key.state !== 'Enabled') {
		problems.push(
			fixable(
				'kms-key-not-enabled',
				`Cannot encrypt replicas with ${name}: its state is ${key.state}`,
				`Only an enabled key encrypts. S3 would take the rule, and each object would fail with DstKmsKeyInvalidState.`,
				[mendOf(key, profileOption(destination.profile)), 'Give another key: --kms-key.'],
			),
		);
	}

	if (key.spec !== 'SYMMETRIC_DEFAULT') {
		problems.push(
			fixable(
				'kms-key-not-symmetric',
				`Cannot encrypt replicas with ${name}: it is ${key.spec}`,
				'S3 encrypts with symmetric keys (SYMMETRIC_DEFAULT) only.',
				['Give another key: --kms-key.'],
			),
		);
	}

	if (key.manager === 'AWS' && mode === 'cross-account') problems.push(managedKeyProblem(name));
	return problems;
}

function mendOf({state, arn}: KeyDescription, profile: string): string {
	if (state === 'PendingDeletion')
		return `Cancel its deletion and enable it: aws kms cancel-key-deletion --key-id ${arn}${profile}, then aws kms enable-key --key-id ${arn}${profile}`;
	return state === 'Disabled'
		? `Enable it: aws kms enable-key --key-id ${arn}${profile}`
		: 'Bring it into the state Enabled.';
}
