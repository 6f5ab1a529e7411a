import {bucketNameFault} from '../../domain/answers/bucket-name.js';
import type {Side} from '../../domain/answers/mode.js';
import {regionsOfPartition} from '../../domain/region.js';
import type {Session} from '../../session/session.js';
import {completedAnswers} from '../../session/state/defaults.js';
import {valueOf} from '../../session/state/loadable.js';
import {backWord} from '../ask/ask-lines.js';
import type {Question} from './ask-in-turn.js';
import {answered, helpOf, type QuestionContext} from './question-context.js';

/** Where a bucket is. */
export function regionQuestion(
	side: Side,
	{session, asker, given, defaults, record}: QuestionContext,
): Question {
	return {
		isNeeded: () => given[`${side}Region`] === undefined,
		async ask() {
			const name = `${side}Region` as const;
			const byDefault = defaults()[name];
			const identity = session.getState().identities[profileOf(session, side)];
			const regions = regionsOfPartition((identity && valueOf(identity)?.partition) ?? 'aws');
			const answer = await asker.choose(`Region of the ${side} bucket`, {
				choices: regions.map((one) => one.name),
				isFree: true,
				byDefault,
				help: helpOf('A name such as eu-west-1.'),
			});
			if (answered(answer) === backWord) return false;
			record('buckets', name, answered(answer), answer === byDefault);
			return true;
		},
	};
}

/** A bucket that exists, which brings its region with it, or the name of a new one. */
export function bucketQuestion(
	side: Side,
	{session, asker, given, say, defaults, record}: QuestionContext,
): Question {
	return {
		isNeeded: () => given[`${side}Bucket`] === undefined,
		async ask() {
			const owner = profileOf(session, side);
			await session.loadBuckets(owner);
			const listed = session.getState().buckets[owner];
			const existing = (listed && valueOf(listed)) ?? [];
			if (listed?.state === 'failed')
				say(`The buckets of ${owner} cannot be listed: ${listed.problem.headline}.`);
			let announced: string | undefined;
			for (;;) {
				const byDefault = defaults()[`${side}Bucket`];
				const answer = await asker.choose(`Name of the ${side} bucket`, {
					choices: existing.map(({name}) => name),
					isFree: true,
					byDefault,
					help: helpOf('The number or the name of a bucket that exists, or a new name: then it is created.'),
				});
				const name = answered(answer);
				if (name === backWord) return false;
				const found = existing.find((one) => one.name === name);
				const fault = found ? undefined : bucketNameFault(name);
				if (fault !== undefined) {
					say(fault);
					continue;
				}

				const problem = found ? undefined : await session.nameProblem(side, name);
				if (problem) {
					say(`Failed: ${problem.headline}. ${problem.cause}`);
					continue;
				}

				const alike = found || name === byDefault ? [] : existing.filter((one) => one.name.includes(name));
				if (alike.length > 0 && announced !== name) {
					announced = name;
					say(`${name} does not exist; ${listOfNames(alike.map((one) => one.name))}.`);
					say(`Type ${name} again to create it, or another name.`);
					continue;
				}

				record('buckets', `${side}Bucket`, name, name === byDefault);
				if (found && given[`${side}Region`] === undefined && found.region !== defaults()[`${side}Region`]) {
					session.answer('buckets', {[`${side}Region`]: found.region});
					say(`${name} is in ${found.region}.`);
				}

				return true;
			}
		},
	};
}

const maxNames = 3;

/** `a does`, `a and b do`, or so many of them. */
function listOfNames(names: readonly string[]): string {
	if (names.length === 1) return `${names[0] ?? ''} does`;
	const shown = names.slice(0, maxNames);
	const left = names.length - shown.length;
	return left === 0
		? `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''} do`
		: `${shown.join(', ')} and ${left} more do`;
}

/** Whose bucket it is: in one account the source's profile has both. */
function profileOf(session: Session, side: Side): string {
	const {mode, sourceProfile, destinationProfile} = completedAnswers(session.getState());
	return side === 'source' || mode === 'cross-region' ? sourceProfile : destinationProfile;
}
