import type {Session} from '../../../session/session.js';

type Exported = Awaited<ReturnType<Session['exportShown']>>;

/** What became of an export, in a sentence. */
export const exportText = (result: Exported): string =>
	result.ok ? `Exported to ${result.folders.join(' and ')}.` : `${result.problem.headline}.`;
