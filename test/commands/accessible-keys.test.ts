import {expect, it} from 'vitest';
import {askInTurn} from '../../source/commands/accessible/ask-in-turn.js';
import {bucketQuestion} from '../../source/commands/accessible/bucket-questions.js';
import {keyQuestion} from '../../source/commands/accessible/key-question.js';
import {questionContext} from '../../source/commands/accessible/question-context.js';
import {questionsOf} from '../../source/commands/accessible/questions.js';
import type {Answers} from '../../source/domain/answers/answers.js';
import {askingSession} from '../support/asking-session.js';
import {encryptedAnswers, encryptedWorld} from '../support/encrypted-world.js';
import {typedAhead} from '../support/typed-ahead.js';

/** A session whose buckets encrypt with SSE-KMS, with lines that were typed ahead. */
async function opened(lines: readonly string[], more: Answers = {}) {
	const {sandbox} = await encryptedWorld();
	const given = {...encryptedAnswers, ...more};
	const {session} = await askingSession({answers: given, aws: sandbox});
	await session.openEnvironment('aws');
	const {asker, said} = typedAhead(...lines);
	const told: string[] = [];
	const context = questionContext(session, asker, given, (line) => told.push(line));
	return {session, context, told, said, asker};
}

it.each([
	{way: 'there', lines: ['?', ''], expected: {kmsKey: 'alias/in-away'}},
	{way: 'there', lines: ['none'], expected: {kmsKey: undefined}},
	{way: 'there', lines: ['alias/off-away', '3'], expected: {kmsKey: 'alias/in-away'}},
	{way: 'there', lines: ['nonsense', 'alias/else'], expected: {kmsKey: 'alias/else'}},
	{way: 'back', lines: [''], expected: {backKmsKey: 'alias/in-home'}},
] as const)('the key for the way $way takes $lines: $expected', async ({way, lines, expected}) => {
	const {session, context, told, said, asker} = await opened(lines, {twoWay: true});

	expect(await keyQuestion(way, context).ask()).toBe(true);

	asker.close();
	const [source, destination, label] =
		way === 'there' ? ['home', 'away', 'KMS key'] : ['away', 'home', 'KMS key back'];
	expect(told).toContain(`alias/off-${destination} cannot be chosen: disabled.`);
	expect(told).toContain(`${source} encrypts with SSE-KMS by default: without a key nothing is replicated.`);
	const text = said();
	expect(text).toContain(`3. alias/in-${destination}\n`);
	expect(text).toContain(`${label} [alias/in-${destination}]: `);
	expect(session.getState().answers).toMatchObject(expected);
});

it.each([
	{more: {}, keys: {kmsKey: 'alias/in-away', backKmsKey: undefined}},
	{more: {twoWay: true}, keys: {kmsKey: 'alias/in-away', backKmsKey: 'alias/in-home'}},
	{more: {kmsKey: 'alias/mine'}, keys: {kmsKey: 'alias/mine', backKmsKey: undefined}},
])(
	'Enter on the groups with $more takes the keys that the buckets ask for, and says so: $keys',
	async (row) => {
		const {session, context, told, asker} = await opened(['', '', '', ''], row.more);

		await askInTurn(questionsOf(context), 0, (line) => told.push(line));

		asker.close();
		const {kmsKey, backKmsKey} = session.getState().answers;
		expect({kmsKey, backKmsKey}).toEqual(row.keys);
		expect(told.filter((line) => line.endsWith('replicas are encrypted with alias/in-away.'))).toHaveLength(
			row.keys.kmsKey === 'alias/in-away' ? 1 : 0,
		);
	},
);

it('a new name that is part of names that exist is asked for twice before it is created', async () => {
	const {session, context, told, asker} = await opened(['hom', 'awa', 'awa']);

	expect(await bucketQuestion('source', context).ask()).toBe(true);

	asker.close();
	// Another new name is announced anew.
	expect(told.filter((line) => line.startsWith('Type '))).toEqual([
		'Type hom again to create it, or another name.',
		'Type awa again to create it, or another name.',
	]);
	expect(told.find((line) => line.startsWith('hom does not exist'))).toMatch(/; home does\.$/);
	expect(session.getState().answers).toMatchObject({sourceBucket: 'awa'});
});
