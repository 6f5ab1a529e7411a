import {entryOf} from '../../domain/answers/answers.js';
import type {AnswerEntry} from '../../domain/answers/answer-entry.js';
import {textFault} from '../../domain/answers/answer-text.js';
import {choiceFault, type KeyChoices, choiceText, preselectedKey} from '../../domain/observed/key-choices.js';
import {keyEndsOf, keyFields, keyPlaceOf, type KeyWay} from '../../session/state/key-place.js';
import {type Loadable, valueOf} from '../../session/state/loadable.js';
import {backWord} from '../ask/ask-lines.js';
import type {Question} from './ask-in-turn.js';
import {answered, helpOf, type QuestionContext} from './question-context.js';

const none = 'none';

/** The key that replicas of one way are encrypted with: by the number of one with an alias, none, or an ARN. One that cannot be used is no choice. */
export function keyQuestion(way: KeyWay, context: QuestionContext): Question {
	const {session, asker, given, say, defaults, record} = context;
	const name = keyFields[way];
	const entry: AnswerEntry = entryOf(name);
	const {label = ''} = entry.field ?? {};
	return {
		isNeeded: () => given[name] === undefined,
		async ask() {
			const found = await known(way, true, context);
			const ends = keyEndsOf(defaults(), way);
			const choices = found && valueOf(found);
			const unlisted = found?.state === 'failed' ? found.problem.headline : choices?.unlisted;
			if (unlisted !== undefined) say(`The keys of ${ends.destination.region} cannot be listed: ${unlisted}`);
			const keys = choices?.keys ?? [];
			const refused = keys.filter((choice) => choiceFault(choice) !== undefined);
			for (const choice of refused) say(`${choice.alias} cannot be chosen: ${choiceText(choice)}.`);
			for (const {alias} of keys.filter(({key}) => key === undefined))
				say(`${alias}: its state is not known.`);
			if (choices?.isSourceEncrypted === true)
				say(`${ends.source.bucket} encrypts with SSE-KMS by default: without a key nothing is replicated.`);
			const wanted = choices && preselectedKey(choices, defaults().mode === 'cross-account');
			for (;;) {
				const answer = answered(
					await asker.choose(label, {
						choices: [none, ...keys.filter((one) => !refused.includes(one)).map(({alias}) => alias)],
						isFree: true,
						byDefault: defaults()[name] ?? wanted ?? none,
						help: helpOf(`${entry.field?.note ?? ''} Give a key by its number, alias or ARN, or none.`),
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
					session.answer('options', {[name]: undefined});
					if (answer !== none) record('options', name, answer, false);
					return true;
				}

				say(fault);
			}
		},
	};
}

/**
 * Chooses the keys of ways whose source encrypts with SSE-KMS by default, as the screen does, and says so: once for the same buckets, and
 * nothing where somebody has chosen.
 */
export function keyPreselection(): (context: QuestionContext) => Promise<void> {
	const done = new Set<string>();
	return async (context) => {
		const {given, defaults} = context;
		for (const way of ['there', 'back'] as const) {
			const place = `${way} ${keyPlaceOf(defaults(), way)}`;
			const isOpen = given[keyFields[way]] === undefined && defaults()[keyFields[way]] === undefined;
			if (done.has(place) || !isOpen || (way === 'back' && defaults().twoWay !== true)) continue;
			done.add(place);
			await preselectKey(way, context);
		}
	};
}

async function preselectKey(way: KeyWay, context: QuestionContext): Promise<void> {
	const {say, defaults, record} = context;
	const found = await known(way, false, context);
	const choices = found && valueOf(found);
	if (choices?.isSourceEncrypted !== true) return;
	const wanted = preselectedKey(choices, defaults().mode === 'cross-account');
	const why = `${keyEndsOf(defaults(), way).source.bucket} encrypts with SSE-KMS by default`;
	if (wanted === undefined) {
		say(`${why}: without a key nothing is replicated. yes leads to the keys.`);
		return;
	}

	record('options', keyFields[way], wanted, true);
	say(`${why}: replicas are encrypted with ${wanted}.`);
}

async function known(
	way: KeyWay,
	isWanted: boolean,
	{session, defaults}: QuestionContext,
): Promise<Loadable<KeyChoices> | undefined> {
	await session.loadKeys(isWanted, way);
	return session.getState().keys[keyPlaceOf(defaults(), way)];
}
