import {type Destination} from './destination.js';

/** Says whether a name in a configuration stands for an event: itself, or `…:*` for all of its group (S3 User Guide, notification-how-to-event-types-and-destinations). */
function coversEvent(configured: string, name: string): boolean {
	return configured === name || (configured.endsWith(':*') && name.startsWith(configured.slice(0, -1)));
}

/** Says whether an entry wants an event about a key. The filter speaks of the key URL-encoded, as the event does (notification-how-to-filtering). */
export function wantsEvent(destination: Destination, name: string, key: string): boolean {
	const {events, prefix, suffix} = destination;
	return (
		events.some((configured) => coversEvent(configured, name)) &&
		key.startsWith(prefix) &&
		key.endsWith(suffix)
	);
}

/**
 * Says whether two entries would both get one event: of the same name, with prefixes and suffixes that a key may have at
 * once. S3 refuses them, whatever they go to (S3 User Guide, notification-how-to-filtering).
 */
export function hasOverlap(destinations: readonly Destination[]): boolean {
	return destinations.some((one, index) =>
		destinations.slice(index + 1).some((each) => doOverlap(one, each)),
	);
}

function doOverlap(one: Destination, other: Destination): boolean {
	const sharesEvent = one.events.some((name) =>
		other.events.some((another) => coversEvent(name, another) || coversEvent(another, name)),
	);
	return (
		sharesEvent &&
		(one.prefix.startsWith(other.prefix) || other.prefix.startsWith(one.prefix)) &&
		(one.suffix.endsWith(other.suffix) || other.suffix.endsWith(one.suffix))
	);
}
