import type {Objects} from '../../source/aws/ports.js';
import type {TestClock} from './test-clock.js';

/** Lets the clock know of every request while it is under way. */
export function noticed(objects: Objects, clock: TestClock): Objects {
	const during =
		<Given extends unknown[], Answer>(call: (...given: Given) => Promise<Answer>) =>
		async (...given: Given): Promise<Answer> => {
			const end = clock.begin();
			try {
				return await call(...given);
			} finally {
				end();
			}
		};

	return {
		...objects,
		put: during(objects.put),
		headVersion: during(objects.headVersion),
		listVersions: during(objects.listVersions),
	};
}
