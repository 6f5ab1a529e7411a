import {type AccessRequest, type Caller} from './access-request.js';
import {type Decision, type Reason} from './decision.js';

/**
 * Takes a refused request and its decision; gives AWS's sentence about it. Of several reasons AWS names one. S3 puts the
 * resource in quotes, other services do not; without a resource (`*`) and for trust none is named.
 * Source: IAM User Guide, troubleshoot_access-denied; S3 User Guide, troubleshoot-403-errors.
 */
export function explainDenial(request: AccessRequest, decision: Decision): string {
	const {action} = request;
	const reason = decision.reasons.find(({effect}) => effect !== 'allow');
	const isTrust = reason?.where === 'resource' && action.toLowerCase().startsWith('sts:assumerole');
	const start = `User: ${nameOf(request.caller)} is not authorized to perform: ${action}`;
	const resource = isTrust ? '' : resourcePhrase(request);
	return `${start}${resource}${reason === undefined ? '' : because(reason, action, isTrust)}`;
}

function nameOf(caller: Caller): string {
	switch (caller.kind) {
		case 'service':
			return caller.service;
		case 'federated':
			return caller.provider;
		case 'anonymous':
			return 'anonymous';
		case 'root':
		case 'user':
		case 'role-session':
			return caller.arn;
	}
}

function resourcePhrase({action, resource}: AccessRequest): string {
	if (resource === '*') return '';
	return ` on resource: ${action.toLowerCase().startsWith('s3:') ? `"${resource}"` : resource}`;
}

const policyKinds: Readonly<Record<Reason['where'], string>> = {
	identity: 'identity-based policy',
	resource: 'resource-based policy',
	boundary: 'permissions boundary',
	session: 'session policy',
};

function because(reason: Reason, action: string, isTrust: boolean): string {
	const kind = isTrust ? 'role trust policy' : policyKinds[reason.where];
	if (reason.effect === 'missing-allow') return ` because no ${kind} allows the ${action} action`;
	const article = isTrust ? 'the' : reason.where === 'identity' ? 'an' : 'a';
	const arn = reason.policy?.startsWith('arn:') === true ? `: ${reason.policy}` : '';
	return ` with an explicit deny in ${article} ${kind}${arn}`;
}
