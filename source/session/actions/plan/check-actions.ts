import type {Check} from '../../../domain/checks/check.js';
import {check, type CheckOptions} from '../../../engine/check/check.js';
import type {SessionCore} from '../core/session-core.js';

/**
 * Runs the checks and tells each as it comes, as long as somebody waits for these: answers that have changed meanwhile make
 * them worth nothing. Gives all of them.
 */
export async function runChecks(
	{emit}: SessionCore,
	options: CheckOptions,
	isWanted: () => boolean,
): Promise<readonly Check[]> {
	let checks: readonly Check[] = [];
	for await (const event of check(options)) {
		if (event.type === 'checks-finished') checks = event.checks;
		if (isWanted()) emit(event);
	}

	return checks;
}
