import {parsePolicy} from '../../policy/parse.js';
import {resolveResourcePolicy} from '../access/resource-policy.js';
import {type ResourcePolicy} from '../world/resource-policy.js';
import {type World} from '../world/world.js';
import {invalidAttribute} from './queue-attributes.js';

/**
 * Takes the text of a queue's policy, gives it with its principals resolved; an empty one is none. Throws
 * InvalidAttributeValue for one that SQS does not take (SQS API reference, SetQueueAttributes).
 */
export function readQueuePolicy(world: World, text: string): ResourcePolicy | undefined {
	if (text === '') return undefined;
	const parsed = parsePolicy(text, 'resource');
	if (!parsed.ok) throw invalidAttribute('Policy');
	const resolved = resolveResourcePolicy(world, text, parsed.document);
	if (!resolved.ok) throw invalidAttribute('Policy');
	return resolved.policy;
}
