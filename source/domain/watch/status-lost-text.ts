import type {Problem} from '../problem.js';

/** What becomes of files whose status this profile may not ask for. */
export function statusLostText({headline}: Pick<Problem, 'headline'>): string {
	return `${headline}. Such files count as replicated once they have arrived.`;
}
