import type {TestClock} from './test-clock.js';

type Call = (...given: unknown[]) => Promise<unknown>;

/** Lets the clock know of every request that a port makes, while it is under way. */
export function noticed<Port extends object>(port: Port, clock: TestClock): Port {
	const during =
		(call: Call): Call =>
		async (...given) => {
			const end = clock.begin();
			try {
				return await call(...given);
			} finally {
				end();
			}
		};

	return Object.fromEntries(
		Object.entries(port).map(([name, call]) => [name, during(call as Call)]),
	) as unknown as Port;
}
