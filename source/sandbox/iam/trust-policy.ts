import {listOf, type PolicyDocument, statementsOf} from '../../policy/document.js';
import {parsePolicy} from '../../policy/parse.js';
import {uniqueIdOf} from '../access/resource-policy.js';
import {type World} from '../world/world.js';
import {iamError} from './errors.js';
import {localArn} from '../world/partition.js';

const maxTrustLength = 2048;

/** Throws what IAM answers to a trust policy that is none, is too long, or names principals that do not exist. */
export function checkTrustPolicy(world: World, text: string | undefined): string {
	const parsed = parsePolicy(text ?? '', 'trust');
	if (!parsed.ok) throw iamError('MalformedPolicyDocument', parsed.reason);
	if ((text ?? '').replace(/\s/g, '').length > maxTrustLength) {
		throw iamError('LimitExceeded', `Cannot exceed quota for ACLSizePerRole: ${maxTrustLength}`);
	}
	const unknown = principalsOf(parsed.document).find((principal) => !isKnown(world, principal));
	if (unknown !== undefined) {
		throw iamError('MalformedPolicyDocument', `Invalid principal in policy: "AWS":"${unknown}"`);
	}
	return text ?? '';
}

function principalsOf(document: PolicyDocument): readonly string[] {
	return statementsOf(document).flatMap(({Principal}) =>
		Principal === undefined || typeof Principal === 'string' ? [] : listOf(Principal.AWS),
	);
}

function isKnown(world: World, principal: string): boolean {
	if (principal === '*') return true;
	const local = localArn(world, principal);
	const account = /^(?:iam::)?(\d{12})(?::root)?$/.exec(local)?.[1];
	if (account !== undefined) return world.accounts.has(account);
	if (/^sts::\d{12}:assumed-role\//.test(local)) return true;
	return uniqueIdOf(world, principal) !== undefined;
}
