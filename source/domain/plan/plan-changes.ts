import {kindOf, type Operation} from '../operations/registry.js';
import {isSameValue} from '../same-value.js';

/** How long what was read is taken as it was read: as long as reading it again would take anyway. */
const freshMs = 1000;

/**
 * Whether something read a moment ago may be written over without reading it again. It is fresh for a second after the reading
 * ended: a plan that is applied as soon as it is made is, and one that a person has looked at, or that checks came after, is not.
 * Times are milliseconds since 1970.
 */
export function isFresh(readAt: number, now: number): boolean {
	return now - readAt < freshMs;
}

/**
 * What somebody else changed between two plans for the same thing, a sentence each; none where the newer plan writes nothing but what
 * the older one has shown. Less to do is no change that anybody has to be asked about: what was shown is there by now. Pure.
 */
export function changesBetween(shown: readonly Operation[], now: readonly Operation[]): readonly string[] {
	const byId = new Map(shown.map((operation) => [operation.id, operation]));
	const writes = now.filter(({change}) => change !== 'keep');
	const others = writes.filter((operation) => !isSameWrite(byId.get(operation.id), operation));
	const found = others.flatMap((operation) => changeOf(byId.get(operation.id), operation) ?? []);
	if (found.length > 0 || others.length === 0) return found;
	// The same was there before, and something else follows from the rest.
	return others.map((operation) => `The document planned for ${nounOf(operation)} has changed.`);
}

function isSameWrite(shown: Operation | undefined, now: Operation): boolean {
	return (
		shown !== undefined &&
		shown.kind === now.kind &&
		shown.change === now.change &&
		shown.target === now.target &&
		isSameValue(beforeOf(shown), beforeOf(now)) &&
		isSameValue(shown.after, now.after)
	);
}

function changeOf(shown: Operation | undefined, now: Operation): string | undefined {
	const noun = nounOf(now);
	const subject = noun.charAt(0).toUpperCase() + noun.slice(1);
	if (!shown) return `${subject} was not in the plan.`;
	if (now.change === 'create' && shown.change !== 'create') return `${subject} is gone.`;
	if (shown.change === 'create' && now.change !== 'create') return `${subject} is there by now.`;
	if (!isSameValue(beforeOf(shown), beforeOf(now)) || shown.change === 'keep')
		return `${subject} was changed by somebody.`;
	return undefined;
}

function beforeOf(operation: Operation): unknown {
	return 'before' in operation ? operation.before : undefined;
}

/** What an operation is about, such as `the bucket my-logs`. */
export function nounOf({kind, target}: Operation): string {
	return `${kindOf(kind).noun} ${target}`;
}
