import {type AssumeRoleRequest} from '@aws-sdk/client-sts';
import {parsePolicy} from '../../policy/parse.js';
import {iamError} from '../iam/errors.js';
import {type Tag} from '../world/account.js';
import {type Identity, type SessionTerms} from '../world/credential.js';
import {findManagedPolicy, type World} from '../world/world.js';

const maxPolicyLength = 2048;
const maxPolicyArns = 10;

/** What may be given to a session beside its role; of a web identity, the tags are in its token. */
type TermsInput = Pick<AssumeRoleRequest, 'Policy' | 'PolicyArns' | 'Tags' | 'TransitiveTagKeys'>;

/** Takes what was given, and who hands tags on, gives the terms of the session; throws what STS answers to wrong ones. */
export function sessionTermsOf(
	world: World,
	identity: Identity | undefined,
	accountId: string,
	input: TermsInput,
): SessionTerms {
	const {tags, transitiveKeys} = sessionTagsOf(identity, input);
	return {
		policy: checkPolicy(input.Policy),
		policyArns: checkArns(world, accountId, input),
		tags,
		transitiveKeys,
	};
}

/** The condition keys that tags bring to the request (IAM User Guide, id_session-tags). */
export function tagContextOf({Tags, TransitiveTagKeys}: TermsInput): Record<string, string | string[]> {
	return {
		...Object.fromEntries((Tags ?? []).map(({Key, Value}) => [`aws:RequestTag/${Key ?? ''}`, Value ?? ''])),
		...(Tags?.length ? {'aws:TagKeys': Tags.map(({Key}) => Key ?? '')} : {}),
		...(TransitiveTagKeys?.length ? {'sts:TransitiveTagKeys': TransitiveTagKeys} : {}),
	};
}

function checkPolicy(text: string | undefined): string | undefined {
	if (text === undefined) return undefined;
	// STS API reference, AssumeRole: 2,048 characters; the packed size, which counts otherwise, nobody has told.
	if (text.length > maxPolicyLength) throw iamError('PackedPolicyTooLarge');
	const parsed = parsePolicy(text, 'identity');
	if (!parsed.ok) throw iamError('MalformedPolicyDocument', parsed.reason);
	return text;
}

/** Up to ten, of the role's account or AWS's own (STS API reference, AssumeRole); words: guessed. */
function checkArns(world: World, accountId: string, {PolicyArns}: TermsInput): readonly string[] {
	const arns = (PolicyArns ?? []).map(({arn}) => arn ?? '');
	if (arns.length > maxPolicyArns) throw iamError('LimitExceeded', `Cannot exceed quota: ${maxPolicyArns}`);
	for (const arn of arns) {
		const owner = arn.split(':')[4];
		const isUsable = (owner === accountId || owner === 'aws') && findManagedPolicy(world, arn) !== undefined;
		if (!isUsable) throw iamError('ValidationError', `The policy ${arn} does not exist or cannot be used.`);
	}
	return arns;
}

/**
 * The tags that are given, and those that the calling session hands on. Words as recorded in
 * TestSTSAssumeRoleTagging::test_assume_role_tag_validation, test_iam_role_chaining_override_transitive_tags.
 */
function sessionTagsOf(
	identity: Identity | undefined,
	{Tags, TransitiveTagKeys}: TermsInput,
): Pick<SessionTerms, 'tags' | 'transitiveKeys'> {
	const given: readonly Tag[] = (Tags ?? []).map(({Key = '', Value = ''}) => ({Key, Value}));
	const keys = new Set(given.map(({Key}) => Key.toLowerCase()));
	if (keys.size < given.length) {
		throw iamError(
			'InvalidParameterValue',
			'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
		);
	}
	const transitive = TransitiveTagKeys ?? [];
	if (transitive.some((key) => !keys.has(key.toLowerCase()))) {
		throw iamError(
			'InvalidParameterValue',
			'The specified transitive tag key must be included in the requested tags.',
		);
	}
	const handedOn = handedOnBy(identity);
	if (handedOn.some(({Key}) => keys.has(Key.toLowerCase()))) {
		throw iamError(
			'InvalidParameterValue',
			"One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
		);
	}
	return {
		tags: [...handedOn, ...given],
		transitiveKeys: [...handedOn.map(({Key}) => Key), ...transitive],
	};
}

function handedOnBy(identity: Identity | undefined): readonly Tag[] {
	if (identity?.kind !== 'role-session') return [];
	const keys = new Set(identity.terms.transitiveKeys.map((key) => key.toLowerCase()));
	return identity.terms.tags.filter(({Key}) => keys.has(Key.toLowerCase()));
}
