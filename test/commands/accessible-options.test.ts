import {describe, expect, it} from 'vitest';
import {askInTurn, Unanswered} from '../../source/commands/accessible/ask-in-turn.js';
import {questionContext} from '../../source/commands/accessible/question-context.js';
import {sectionQuestions} from '../../source/commands/accessible/section-questions.js';
import {type Answers, entryOf} from '../../source/domain/answers/answers.js';
import {optionSections} from '../../source/domain/answers/option-sections.js';
import {sessionAtStep} from '../support/session-at-step.js';
import {typedAhead} from '../support/typed-ahead.js';

/** Asks the groups with lines that were typed ahead: what is answered then, and what was said. */
async function asked(lines: readonly string[], given: Answers = {}) {
	const session = await sessionAtStep('options', {answers: given});
	const {asker, said, end} = typedAhead(...lines);
	end();
	const told: string[] = [];
	const context = questionContext(session, asker, given, (line) => told.push(line));
	const isEnded = await askInTurn(
		sectionQuestions('options', new Set(['testFileCount']), context),
		0,
		(line) => told.push(line),
	).then(
		() => true,
		(error: unknown) => {
			if (error instanceof Unanswered) return false;
			throw error;
		},
	);
	asker.close();
	return {answers: session.getState().answers, said: said(), told, isEnded};
}

const titles = optionSections.map(({title}) => title);

describe('the groups of the Options, for a screen reader', () => {
	it('are those of the screen, and Enter passes each of them', async () => {
		const {said, isEnded, answers} = await asked(['', '', '']);

		expect(isEnded).toBe(true);
		expect(said.match(/\S.*?, \d+ options\. Change any\? yes or no \[no\]: /g)).toEqual(
			titles.map((title) => expect.stringContaining(title) as string),
		);
		expect(answers).toEqual({environment: 'sandbox', mode: 'cross-region'});
	});

	it.each(optionSections.map(({title, names}, index) => ({title, names, index})))(
		'ask for every field of $title where somebody wants to change one',
		async ({names, index}) => {
			const fields = names.filter(
				(name) => name !== 'testFileCount' && entryOf(name).field?.shownWith === undefined,
			);
			const enters = (count: number) => Array.from({length: count}, () => '');
			const {said, isEnded} = await asked([
				...enters(index),
				'yes',
				...enters(fields.length),
				...enters(titles.length - index - 1),
			]);

			expect(isEnded).toBe(true);
			for (const name of fields) expect(said).toContain(entryOf(name).field?.label);
		},
	);

	it('say with a question mark what each option is, costs and is for', async () => {
		const {said} = await asked(['?', 'yes', '', '', '', '', '', '?']);

		expect(said).toContain('Rule name cross-region-rule, Prefix every key, Tags with or without tags,');
		expect(said).toContain('$0.015 per GB');
		expect(said).toContain('For a promised recovery point.');
	});

	it.each([
		['a prefix', ['yes', '', 'logs/', '', '', '', '', '', '', ''], {prefix: 'logs/'}],
		['several tags', ['yes', '', '', 'a=b, c=d', '', '', '', '', '', ''], {tags: ['a=b', 'c=d']}],
		[
			'a class by its name',
			['yes', '', '', '', 'GLACIER_IR', '', '', '', '', ''],
			{storageClass: 'GLACIER_IR'},
		],
		[
			'time control, which leaves nothing to ask about metrics',
			['yes', '', '', '', '', '', 'yes', '', ''],
			{replicationTimeControl: true},
		],
		['a switch of the second group', ['', 'yes', '', '', 'yes', '', '', ''], {replicaModifications: true}],
		['a path of the third', ['', '', 'yes', '', '/teams/', '', '', ''], {rolePath: '/teams/'}],
	])('take %s', async (_name, lines, expected) => {
		const {answers, isEnded} = await asked(lines);

		expect(isEnded).toBe(true);
		expect(answers).toEqual({environment: 'sandbox', mode: 'cross-region', ...expected});
	});

	it('tell a contradiction at the second answer, and ask for that again', async () => {
		const {answers, told, isEnded} = await asked(['yes', '', '', 'a=b', '', 'yes', 'no', '', '', '', '']);

		expect(told).toEqual([expect.stringContaining('Cannot replicate delete markers with a tag filter.')]);
		expect(isEnded).toBe(true);
		expect(answers.deleteMarkers).not.toBe(true);
	});

	it('lead back to the field before, to the group, and clear what its empty words say', async () => {
		const lines = ['yes', '', 'logs/', 'back', 'every key', '', '', '', '', '', '', 'back', '', '', ''];
		const {answers, said, isEnded} = await asked(lines);

		expect(said).toContain('Prefix [logs/]: ');
		expect(isEnded).toBe(true);
		expect(answers).not.toHaveProperty('prefix', 'logs/');
	});

	it('do not ask for what options have answered', async () => {
		const {said} = await asked(['yes', '', '', '', '', '', '', ''], {prefix: 'logs/'});

		expect(said).toContain('Rule, 6 options.');
		expect(said).not.toContain('Prefix [');
	});
});
