import {defaultChain} from '../domain/answers/answers.js';
import {unconfirmedProblem} from '../domain/hand-over/hand-over-problems.js';
import type {ExitCode} from '../command-line/exit-code.js';
import type {ArgumentsOf} from '../command-line/options.js';
import {loaded} from '../session/state/loadable.js';
import {applyAndWatch} from './apply-and-watch.js';
import {whenAgreed} from './ask/confirm.js';
import {openReceipt} from './files/receipt-files.js';
import type {Host} from './host/host.js';
import {refuse, runLines, saidTwice} from './run-lines.js';

/** `apply --receipt`: sets up the source's side, once the destination's owner has confirmed theirs. Reads again, and stops on a difference. */
export async function applyReceipt(host: Host, given: ArgumentsOf<'apply'>, file: string): Promise<ExitCode> {
	const fault = saidTwice('--receipt', 'what is set up', given, (name) => name === 'sourceProfile');
	if (fault) return refuse(host, fault, given);

	const read = await loaded(async () => openReceipt(file));
	if (read.state === 'failed') return refuse(host, read.problem, given);
	const {value: receipt} = read;
	const {sourceProfile = defaultChain} = given;
	const answers = {...receipt.answers, sourceProfile};
	return runLines(host, {command: 'apply', given, answers}, async (session) => {
		await session.planConfirmed(receipt, sourceProfile, file);
		return whenAgreed(host, session, {
			isAgreed: Boolean(given.yes),
			isExact: true,
			async write() {
				if (receipt.confirmation) return applyAndWatch(session, given);
				return (await session.apply())
					? unconfirmedProblem(receipt, file, session.getState().run.endpointUrl)
					: undefined;
			},
		});
	});
}
