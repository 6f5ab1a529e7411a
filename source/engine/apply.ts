import type {RunEvent} from '../domain/event.js';
import type {Operation, Plan} from '../domain/plan.js';
import {problemFrom} from '../domain/problem.js';
import {createChannel} from './channel.js';
import type {Clock} from './clock.js';
import type {Connections} from './connections.js';
import {runOperation} from './operations/run-operation.js';

export type ApplyOptions = {
	readonly plan: Plan;
	readonly connections: Connections;
	readonly clock: Clock;
	/** Stops safely: no operation is begun any more, waits end, calls under way are finished. */
	readonly signal: AbortSignal;
};

/**
 * Does what the plan says, and tells of every step. An operation begins as soon as all it requires is done;
 * what does not depend on each other runs side by side. After a failure nothing new begins.
 */
export async function* apply(options: ApplyOptions): AsyncGenerator<RunEvent, void> {
	const {plan, connections, clock, signal} = options;
	const channel = createChannel<RunEvent>();
	const done = new Set<string>();
	const waiting = new Set<Operation>(plan.operations);
	let running = 0;
	let hasFailed = false;

	async function run(operation: Operation): Promise<void> {
		const {id, kind, target} = operation;
		const startedAt = clock.now();
		channel.send({type: 'operation-started', id, kind, target});
		try {
			if (operation.change !== 'keep') {
				await runOperation(operation, {
					plan,
					connections,
					clock,
					signal,
					onRetry(notice) {
						channel.send({type: 'operation-retried', id, kind, target, ...notice});
					},
				});
			}

			done.add(id);
			channel.send({
				type: 'operation-finished',
				id,
				kind,
				target,
				change: operation.change,
				durationMs: clock.now() - startedAt,
			});
		} catch (error) {
			hasFailed = true;
			channel.send({type: 'operation-failed', id, kind, target, problem: problemFrom(error)});
		}
	}

	function startReady(): void {
		for (const operation of waiting) {
			if (hasFailed || signal.aborted) break;
			if (!operation.requires.every((id) => done.has(id))) continue;
			waiting.delete(operation);
			running++;
			void run(operation).then(() => {
				running--;
				startReady();
			});
		}

		if (running === 0) channel.close();
	}

	startReady();
	yield* channel.read();
}
