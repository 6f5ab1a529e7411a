import {type ListAttachedRolePoliciesResponse} from '@aws-sdk/client-iam';
import {type PolicyHolder} from '../world/account.js';
import {findManagedPolicy, seenFromMs} from '../world/world.js';
import {type QueryCall} from './action.js';
import {iamError} from './errors.js';
import {checkArn} from './managed-policies.js';
import {pageOf, type PageInput} from './page.js';

/** Attaches a managed policy; again is no error. Throws in IAM's words (recorded: TestIAMIntegrations::test_role_attach_policy). */
export function attach(
	{world, account}: QueryCall<unknown>,
	holder: PolicyHolder,
	arn: string | undefined,
	{noun, maxAttached}: {readonly noun: string; readonly maxAttached: number},
): void {
	checkArn(arn);
	const policy = findManagedPolicy(world, arn ?? '');
	const isOwn = policy !== undefined && ['aws', account.accountId].includes(policy.arn.split(':')[4] ?? '');
	if (policy === undefined || !isOwn) {
		throw iamError('NoSuchEntity', `Policy ${arn ?? ''} does not exist or is not attachable.`);
	}
	const attached = holder.attached.written;
	if (attached.includes(policy.arn)) return;
	if (attached.length >= maxAttached) {
		throw iamError('LimitExceeded', `Cannot exceed quota for PoliciesPer${noun}: ${maxAttached}`);
	}
	holder.attached.write([...attached, policy.arn], seenFromMs(world));
}

/** Takes a managed policy off. Throws NoSuchEntity where it is not attached. */
export function detach({world}: QueryCall<unknown>, holder: PolicyHolder, arn: string | undefined): void {
	checkArn(arn);
	const attached = holder.attached.written;
	if (!attached.includes(arn ?? '')) throw iamError('NoSuchEntity', `Policy ${arn ?? ''} was not found.`);
	holder.attached.write(
		attached.filter((other) => other !== arn),
		seenFromMs(world),
	);
}

/** The attached policies as IAM lists them. */
export function showAttached(
	{world}: QueryCall<unknown>,
	holder: PolicyHolder,
	input: PageInput & {readonly PathPrefix?: string | undefined},
): ListAttachedRolePoliciesResponse {
	const nameOf = (arn: string): string => `${arn.slice(arn.lastIndexOf('/') + 1).toLowerCase()} ${arn}`;
	const arns = holder.attached.written.filter((arn) =>
		(findManagedPolicy(world, arn)?.path ?? '/').startsWith(input.PathPrefix ?? '/'),
	);
	const {page, more} = pageOf(arns, nameOf, input);
	const AttachedPolicies = page.map((arn) => ({
		PolicyName: findManagedPolicy(world, arn)?.policyName ?? arn.slice(arn.lastIndexOf('/') + 1),
		PolicyArn: arn,
	}));
	return {AttachedPolicies, ...more};
}
