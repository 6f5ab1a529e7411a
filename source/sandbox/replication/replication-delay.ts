import {hashText, makeRandom} from '../world/random.js';

const spread = 0.35;
const tailShare = 0.05;
const tailFactor = 4;

/** A file of this size takes twice as long as an empty one. */
const doublingBytes = 16 * 1024 * 1024;

/** Gives the delay of the next copy of so many bytes to a destination, in milliseconds. */
export type ReplicationDelay = (destination: string, sizeBytes?: number) => number;

/**
 * Takes the median in milliseconds and a seed, gives delays around it with a long tail, a stream of its own for each
 * destination and larger files longer: the same seed gives the same delays.
 */
export function makeReplicationDelay(medianMs: number, seed: number): ReplicationDelay {
	const streams = new Map<string, () => number>();
	return (destination, sizeBytes = 0) => {
		const random = streams.get(destination) ?? makeRandom(hashText(`${seed}/${destination}`));
		streams.set(destination, random);
		const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
		const tail = random() < tailShare ? 1 + random() * (tailFactor - 1) : 1;
		return medianMs * Math.exp(spread * normal) * tail * (1 + sizeBytes / doublingBytes);
	};
}
