import type {ExitCode} from '../command-line/exit-code.js';
import type {ArgumentsOf} from '../command-line/options.js';
import {whenAgreed} from './ask/confirm.js';
import {writeLines} from './host/door.js';
import type {Host} from './host/host.js';
import {runLines} from './run-lines.js';
import {forgetRuns} from './undo-forget.js';
import {undoAll} from './undo-all.js';

/** `s3-replicate undo [RUN]`: shows how a run is taken back with its whole set-up, and does it after a yes. */
export async function undoCommand(host: Host, given: ArgumentsOf<'undo'>): Promise<ExitCode> {
	const answers = {environment: 'aws' as const};
	const standIns = {source: given.sourceProfile, destination: given.destinationProfile};
	const isAgreed = Boolean(given.yes);
	return runLines(host, {command: 'undo', given, answers, showsDocuments: true}, async (session) => {
		const say = (lines: readonly string[]): void => {
			if (!given.json) writeLines(host.stdout, lines);
		};

		if (given.forget) return forgetRuns(host, session, {runId: given.run ?? '', isAgreed, say});
		if (given.all) return undoAll(host, session, {standIns, isAgreed, say});
		const result = await session.makeUndoPlan(given.run, standIns);
		if (!result.ok) return result.problem;
		if (!result.plan) {
			say(['No run at this endpoint has anything left to undo.']);
			return undefined;
		}

		return whenAgreed(host, session, {isAgreed, write: async () => void (await session.undo())});
	});
}
