import {endpointFault} from '../domain/endpoint-url.js';
import type {AnsweringArguments} from './answers-of.js';

/** Options that say no or nothing together. */
export function conflicts({sandbox, endpointUrl}: AnsweringArguments): readonly string[] {
	const found: string[] = [];
	if (sandbox && endpointUrl !== undefined)
		found.push('--sandbox and --endpoint-url exclude each other: a run happens in one place.');
	const fault = endpointUrl === undefined ? undefined : endpointFault(endpointUrl);
	if (fault !== undefined) found.push(`--endpoint-url cannot be used. ${fault}`);
	return found;
}
