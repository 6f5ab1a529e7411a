import {answerRows} from '../domain/answers/answer-table.js';
import {defaultChain} from '../domain/answers/answers.js';
import type {Receipt} from '../domain/hand-over/receipt.js';
import {changeCount} from '../domain/plan/plan.js';
import {problemFrom} from '../domain/problem.js';
import type {ExitCode} from '../command-line/exit-code.js';
import type {ArgumentsOf} from '../command-line/options.js';
import {whenAgreed} from './ask/confirm.js';
import {openReceipt} from './files/receipt-files.js';
import type {Host} from './host/host.js';
import {refuse, runLines, usageProblem} from './run-lines.js';

/**
 * `diagnose --receipt`: what the destination's owner still has to do for the owner of a source, with the documents; `--fix` does it after a
 * yes. Once nothing is left, that is written into the file.
 */
export async function diagnoseReceipt(
	host: Host,
	given: ArgumentsOf<'diagnose'>,
	file: string,
): Promise<ExitCode> {
	const isJson = Boolean(given.json);
	const faults = faultsOf(given);
	if (faults.length > 0) return refuse(host, usageProblem(faults, 'diagnose'), isJson);
	let receipt: Receipt;
	try {
		receipt = await openReceipt(file);
	} catch (error) {
		return refuse(host, problemFrom(error), isJson);
	}

	const [destinationProfile = defaultChain] = given.destinationProfile ?? [];
	const options = {command: 'diagnose' as const, given, answers: receipt.answers, showsDocuments: true};
	return runLines(host, options, async (session) => {
		try {
			const plan = await session.planReceived(receipt, destinationProfile);
			if (given.fix && changeCount(plan) > 0) {
				const failed = await whenAgreed(host, session, {
					isAgreed: Boolean(given.yes),
					count: () => changeCount(session.getState().run.plan ?? plan),
					async write() {
						await session.apply();
						return undefined;
					},
				});
				if (failed) return failed;
				if (session.getState().phase !== 'applied') return undefined;
			}

			return (await session.confirmReceived(receipt, file)) ?? null;
		} catch (error) {
			return problemFrom(error);
		}
	});
}

/** Options that say nothing together: the receipt says what is looked at, and one profile is the destination's. */
function faultsOf(given: ArgumentsOf<'diagnose'>): readonly string[] {
	const {key, versionId, probe, reasons, keepReasons, reasonsWait, destinationProfile = []} = given;
	const answers = answerRows
		.filter(([name]) => name !== 'destinationProfile' && given[name as keyof typeof given] !== undefined)
		.map(([, {flag}]) => `--${flag}`);
	const others = Object.entries({
		'--key': key,
		'--version-id': versionId,
		'--probe': probe,
		'--reasons': reasons,
		'--keep-reasons': keepReasons,
		'--reasons-wait': reasonsWait,
	}).flatMap(([flag, value]) => (value === undefined ? [] : [flag]));
	const said = [...answers, ...others];
	return [
		...(said.length === 0 ? [] : [`--receipt says what is looked at: leave out ${said.join(', ')}.`]),
		...(destinationProfile.length > 1
			? ['--receipt is about one account: give --destination-profile once.']
			: []),
	];
}
