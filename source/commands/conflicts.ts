import {endpointFault} from '../domain/endpoint-url.js';
import type {FlagValues} from '../flags.js';

const largestFileBytes = 100 * 1024 * 1024;

/** Options that say no or nothing together. */
export function conflicts(given: FlagValues): readonly string[] {
	const found: string[] = [];
	const endpoint = given['endpoint-url'];
	if (given.sandbox && endpoint !== undefined) {
		found.push('--sandbox and --endpoint-url exclude each other: a run happens in one place.');
	}

	const endpointIs = typeof endpoint === 'string' ? endpointFault(endpoint) : undefined;
	if (endpointIs !== undefined) found.push(`--endpoint-url cannot be used. ${endpointIs}`);

	if (Number(given['file-size'] ?? 0) > largestFileBytes) {
		found.push(`--file-size is at most ${largestFileBytes} (100 MB): test files show that objects arrive.`);
	}

	return found;
}
