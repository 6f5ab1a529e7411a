import type {BucketSummary} from '../../domain/observed/observed.js';
import {rulesText} from '../../session/state/rules-text.js';
import {valueOf} from '../../session/state/loadable.js';
import {backWord} from '../ask/ask-lines.js';
import type {Question} from './ask-in-turn.js';
import {answered, helpOf, type QuestionContext} from './question-context.js';

/** So many buckets are told with their rules; of more than that the rules of the one that is named. */
const maxRulesRead = 9;

/** Which bucket of the account is looked at: one with rules. Its region comes with it. */
export function replicatedBucketQuestion({session, asker, given, say, defaults}: QuestionContext): Question {
	async function rulesOf(bucket: BucketSummary): Promise<string> {
		await session.loadRules(bucket);
		return rulesText(session.getState().rules[bucket.name]);
	}

	return {
		isNeeded: () => given.sourceBucket === undefined,
		async ask() {
			const owner = defaults().sourceProfile;
			await session.loadBuckets(owner);
			const listed = session.getState().buckets[owner];
			const buckets = (listed && valueOf(listed)) ?? [];
			if (listed?.state === 'failed')
				say(`The buckets of ${owner} cannot be listed: ${listed.problem.headline}.`);
			const told = buckets.length > maxRulesRead ? [] : buckets;
			const notes = new Map(
				await Promise.all(told.map(async (one) => [one.name, await rulesOf(one)] as const)),
			);
			const replicated = told.find(({name}) => notes.get(name) !== 'none');
			for (;;) {
				const name = answered(
					await asker.choose('Which bucket is replicated', {
						choices: buckets.map((bucket) => bucket.name),
						noteOf(choice) {
							const note = notes.get(choice);
							return note && `rules: ${note}`;
						},
						isFree: true,
						byDefault: session.getState().answers.sourceBucket ?? replicated?.name ?? buckets[0]?.name ?? '',
						help: helpOf(
							'The number or the name of a bucket whose rules are looked at. Nothing is changed by looking.',
						),
					}),
				);
				if (name === backWord) return false;
				const found = buckets.find((bucket) => bucket.name === name);
				const rules = found && (await rulesOf(found));
				if (name === '' || rules === 'none') {
					say(name === '' ? 'Type the name of a bucket.' : `${name} has no replication rule.`);
					continue;
				}

				session.answer('replications', {sourceBucket: name, sourceRegion: found?.region});
				return true;
			}
		},
	};
}
