import type {PolicyDocument} from '../../policy/document.js';

type PolicyChange = {readonly before?: PolicyDocument; readonly after: PolicyDocument | null};

/** How many statements a policy has before and after a change. */
export function changedStatements({before, after}: PolicyChange): string {
	return `${countOf(before)} → ${countOf(after ?? undefined)} statements`;
}

function countOf(policy: PolicyDocument | undefined): number {
	if (!policy) return 0;
	return Array.isArray(policy.Statement) ? policy.Statement.length : 1;
}
