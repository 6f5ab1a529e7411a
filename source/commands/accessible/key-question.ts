import {entryOf} from '../../domain/answers/answers.js';
import {textFault} from '../../domain/answers/answer-text.js';
import {choiceFault, choiceText, preselectedKey} from '../../domain/observed/key-choices.js';
import {keyPlaceOf} from '../../session/state/key-place.js';
import {valueOf} from '../../session/state/loadable.js';
import {backWord} from '../ask/ask-lines.js';
import type {Question} from './ask-in-turn.js';
import {answered, helpOf, type QuestionContext} from './question-context.js';

const none = 'none';

/** The key that replicas are encrypted with: by the number of one with an alias, none, or an ARN. One that cannot be used is no choice. */
export function keyQuestion({session, asker, given, say, defaults, record}: QuestionContext): Question {
	const entry = entryOf('kmsKey');
	return {
		isNeeded: () => given.kmsKey === undefined,
		async ask() {
			await session.loadKeys(true);
			const {kmsKey, mode, sourceBucket, destinationRegion} = defaults();
			const found = session.getState().keys[keyPlaceOf(defaults())];
			const choices = found && valueOf(found);
			const unlisted = found?.state === 'failed' ? found.problem.headline : choices?.unlisted;
			if (unlisted !== undefined) say(`The keys of ${destinationRegion} cannot be listed: ${unlisted}`);
			const keys = choices?.keys ?? [];
			const refused = keys.filter((choice) => choiceFault(choice) !== undefined);
			for (const choice of refused) say(`${choice.alias} cannot be chosen: ${choiceText(choice)}.`);
			for (const {alias} of keys.filter(({key}) => key === undefined))
				say(`${alias}: its state is not known.`);
			if (choices?.isSourceEncrypted === true)
				say(`${sourceBucket} encrypts with SSE-KMS by default: without a key nothing is replicated.`);
			const wanted = choices && preselectedKey(choices, mode === 'cross-account');
			for (;;) {
				const answer = answered(
					await asker.choose('KMS key', {
						choices: [none, ...keys.filter((one) => !refused.includes(one)).map(({alias}) => alias)],
						isFree: true,
						byDefault: kmsKey ?? wanted ?? none,
						help: helpOf(
							`${entry.field?.note ?? ''} The number or the alias of a key, none, or the ARN of a key.`,
						),
					}),
				);
				if (answer === backWord) return false;
				const one = refused.find(({alias}) => alias === answer);
				const fault =
					one === undefined
						? answer === none
							? undefined
							: textFault(answer, entry)
						: `${one.alias} cannot be chosen: ${choiceText(one)}.`;
				if (fault === undefined) {
					session.answer('options', {kmsKey: undefined});
					if (answer !== none) record('options', 'kmsKey', answer, false);
					return true;
				}

				say(fault);
			}
		},
	};
}
