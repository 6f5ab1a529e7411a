import {undoChangeCount} from '../domain/undo-plan.js';
import type {ExitCode} from '../exit-code.js';
import type {ArgumentsOf} from '../options.js';
import {whenAgreed} from './confirm.js';
import {writeLines} from './door.js';
import type {Host} from './host.js';
import {runLines} from './run-lines.js';

/** `s3-replicate undo [RUN]`: shows how a run is taken back, and does it after a yes. */
export async function undoCommand(host: Host, given: ArgumentsOf<'undo'>): Promise<ExitCode> {
	const answers = {environment: 'aws' as const};
	return runLines(host, {command: 'undo', given, answers, showsDocuments: true}, async (session) => {
		const result = await session.makeUndoPlan(given.run, {
			source: given.sourceProfile,
			destination: given.destinationProfile,
		});
		if (!result.ok) return result.problem;
		if (!result.plan) {
			if (!given.json) writeLines(host.stdout, ['No run at this endpoint has anything left to take back.']);
			return undefined;
		}

		const {plan} = result;
		return whenAgreed(host, session, {
			isAgreed: Boolean(given.yes),
			count: () => undoChangeCount(session.getState().run.undo ?? plan),
			async write() {
				await session.undo();
				return undefined;
			},
		});
	});
}
