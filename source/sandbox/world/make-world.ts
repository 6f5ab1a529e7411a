import {type Clock} from './clock.js';
import {BodyStore} from './body-store.js';
import {makeIds} from './ids.js';
import {type Partition} from './partition.js';
import {makeRandom} from './random.js';
import {type World} from './world.js';

/** Makes an empty world. */
export function makeWorld(settings: {
	readonly clock: Clock;
	readonly partition: Partition;
	readonly seed: number;
	readonly propagationDelayMs: number;
	readonly capBytes: number;
}): World {
	let sequence = 0;
	return {
		clock: settings.clock,
		partition: settings.partition,
		ids: makeIds(makeRandom(settings.seed)),
		propagationDelayMs: settings.propagationDelayMs,
		accounts: new Map(),
		credentials: new Map(),
		buckets: new Map(),
		kmsKeys: new Map(),
		kmsAliases: new Map(),
		queues: new Map(),
		deletedQueues: new Map(),
		batchJobs: new Map(),
		measuredOperations: [],
		bodies: new BodyStore(settings.capBytes),
		nextSequence: () => {
			sequence += 1;
			return sequence;
		},
	};
}
