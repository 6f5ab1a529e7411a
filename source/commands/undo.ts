import {undoChangeCount} from '../domain/undo-plan.js';
import type {ExitCode} from '../exit-code.js';
import type {FlagValues} from '../flags.js';
import {confirmed} from './confirm.js';
import type {Host} from './host.js';
import {runLines} from './run-lines.js';

/** `s3-replicate undo [RUN]`: shows how a run is taken back, and does it after a yes. */
export async function undoCommand(host: Host, values: FlagValues): Promise<ExitCode> {
	const text = (name: string): string | undefined => values[name] as string | undefined;
	const answers = {environment: 'aws' as const};
	return runLines(host, {command: 'undo', values, answers, showsDocuments: true}, async (session) => {
		const result = await session.makeUndoPlan(text('run'), {
			source: text('source-profile'),
			destination: text('destination-profile'),
		});
		if (!result.ok) return result.problem;
		if (!result.plan) {
			if (!values.json) host.stdout.write('No run at this endpoint has anything left to take back.\n');
			return undefined;
		}

		const changes = undoChangeCount(result.plan);
		if (changes > 0 && !values.yes) {
			const refusal = await confirmed(host, changes);
			if (refusal) return refusal;
		}

		await session.undo();
		return undefined;
	});
}
