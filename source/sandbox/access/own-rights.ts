import {explainDenial} from '../../policy/explain.js';
import {type Identity} from '../world/credential.js';
import {type World} from '../world/world.js';
import {decideAccess} from './decide-access.js';
import {requestContextOf} from './request-context.js';

/** What is asked of the caller's own policies, with the condition keys of the action's own. */
export type Right = {
	readonly action: string;
	readonly resource: string;
	readonly context?: Readonly<Record<string, string | readonly string[]>> | undefined;
};

/** Gives AWS's sentence about a right that the caller's own policies do not give in that region, or undefined where they do. */
export function missingRight(
	world: World,
	identity: Identity,
	region: string,
	{action, resource, context}: Right,
): string | undefined {
	const {request, decision} = decideAccess(world, identity, {
		action,
		resource,
		resourceAccountId: identity.accountId,
		context: () => ({...requestContextOf(world, region), ...context}),
	});
	return decision.isAllowed ? undefined : explainDenial(request, decision);
}
