import {answerRows} from '../domain/answers/answer-table.js';
import {defaultChain} from '../domain/answers/answers.js';
import {changeCount} from '../domain/plan/plan.js';
import type {ExitCode} from '../command-line/exit-code.js';
import type {ArgumentsOf} from '../command-line/options.js';
import {loaded} from '../session/state/loadable.js';
import {whenAgreed} from './ask/confirm.js';
import {openReceipt} from './files/receipt-files.js';
import type {Host} from './host/host.js';
import {flagsIn, refuse, runLines, usageProblem} from './run-lines.js';

/**
 * `diagnose --receipt`: what the destination's owner still has to do for the owner of a source, with the documents; `--fix` does it after a
 * yes. Once nothing is left, that is written into the file.
 */
export async function diagnoseReceipt(
	host: Host,
	given: ArgumentsOf<'diagnose'>,
	file: string,
): Promise<ExitCode> {
	const faults = faultsOf(given);
	if (faults.length > 0) return refuse(host, usageProblem(faults, 'diagnose'), given);
	const read = await loaded(async () => openReceipt(file));
	if (read.state === 'failed') return refuse(host, read.problem, given);
	const {value: receipt} = read;
	const [destinationProfile = defaultChain] = given.destinationProfile ?? [];
	const options = {command: 'diagnose' as const, given, answers: receipt.answers, showsDocuments: true};
	return runLines(host, options, async (session) => {
		const plan = await session.planReceived(receipt, destinationProfile);
		if (given.fix && changeCount(plan) > 0) {
			const write = async () => void (await session.apply());
			const failed = await whenAgreed(host, session, {isAgreed: Boolean(given.yes), write});
			if (failed) return failed;
			if (session.getState().phase !== 'applied') return undefined;
		}

		return (await session.confirmReceived(receipt, file)) ?? null;
	});
}

/** Options that say nothing together: the receipt says what is looked at, and one profile is the destination's. */
function faultsOf(given: ArgumentsOf<'diagnose'>): readonly string[] {
	const {destinationProfile = []} = given;
	const besides = ['key', 'versionId', 'probe', 'reasons', 'keepReasons', 'reasonsWait'] as const;
	const answers = answerRows.map(([name]) => name).filter((name) => name !== 'destinationProfile');
	const said = flagsIn(given, [...answers, ...besides]);
	return [
		...(said.length === 0 ? [] : [`--receipt says what is looked at: leave out ${said.join(', ')}.`]),
		...(destinationProfile.length > 1
			? ['--receipt is about one account: give --destination-profile once.']
			: []),
	];
}
