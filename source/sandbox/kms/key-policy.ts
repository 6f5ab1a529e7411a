import {type PolicyDocument, statementsOf} from '../../policy/document.js';
import {parsePolicy} from '../../policy/parse.js';
import {resolveResourcePolicy} from '../access/resource-policy.js';
import {iamArn} from '../world/partition.js';
import {type ResourcePolicy} from '../world/resource-policy.js';
import {type World} from '../world/world.js';
import {invalidMember, kmsError} from './errors.js';

/** KMS API reference, PutKeyPolicy: 32 KB. */
const maxPolicyLength = 32_768;

/** The policy of a key that is made without one: it leaves all to IAM (KMS Developer Guide, key-policy-default). */
export function defaultPolicyText(world: World, accountId: string): string {
	return JSON.stringify(
		{
			Version: '2012-10-17',
			Id: 'key-default-1',
			Statement: [
				{
					Sid: 'Enable IAM User Permissions',
					Effect: 'Allow',
					Principal: {AWS: iamArn(world, accountId, 'root')},
					Action: 'kms:*',
					Resource: '*',
				},
			],
		},
		null,
		2,
	);
}

/** Takes the text of a key policy, gives it with its principals resolved; throws what KMS answers to one that it does not take. */
export function readKeyPolicy(world: World, text: string): ResourcePolicy {
	if (text.length > maxPolicyLength) {
		throw invalidMember('policy', `have length less than or equal to ${maxPolicyLength}`);
	}
	const document = documentOf(text);
	const resolved = resolveResourcePolicy(world, text, document);
	if (resolved.ok) return resolved.policy;
	throw kmsError(
		'MalformedPolicyDocumentException',
		'Policy contains a statement with one or more invalid principals.',
	);
}

/** Takes what the caller would be refused with by the new policy, throws where it could not change it again (KMS API reference, PutKeyPolicy). */
export function checkLockout(refusal: string | undefined): void {
	if (refusal === undefined) return;
	throw kmsError(
		'MalformedPolicyDocumentException',
		'The new key policy will not allow you to update the key policy in the future.',
	);
}

/**
 * The policy less what has no effect: a statement without an action or a resource is taken and does nothing (KMS Developer
 * Guide, key-policy-overview).
 */
export function effectiveDocumentOf(document: PolicyDocument): PolicyDocument {
	const statements = statementsOf(document).filter(
		({Action, NotAction, Resource, NotResource}) =>
			(Action ?? NotAction) !== undefined && (Resource ?? NotResource) !== undefined,
	);
	return {...document, Statement: statements};
}

function documentOf(text: string): PolicyDocument {
	const bare = withPlaceholders(text);
	const parsed = parsePolicy(bare, 'resource');
	if (!parsed.ok) throw kmsError('MalformedPolicyDocumentException', parsed.reason);
	return effectiveDocumentOf(JSON.parse(text) as PolicyDocument);
}

/** The same text with an action and a resource where a statement lacks one, so that the rest of the statement is looked at. */
function withPlaceholders(text: string): string {
	try {
		const document = JSON.parse(text) as {readonly Statement?: unknown};
		const complete = (statement: unknown): unknown =>
			typeof statement === 'object' && statement !== null && !Array.isArray(statement)
				? {
						...('NotAction' in statement ? {} : {Action: 'kms:None'}),
						...('NotResource' in statement ? {} : {Resource: '*'}),
						...statement,
					}
				: statement;
		const {Statement} = document;
		if (Statement === undefined) return text;
		return JSON.stringify({
			...document,
			Statement: Array.isArray(Statement) ? Statement.map(complete) : complete(Statement),
		});
	} catch {
		return text;
	}
}
