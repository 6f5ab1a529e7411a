import {describe, expect, it, vi} from 'vitest';
import {askInTurn, type Question} from '../../source/commands/accessible/ask-in-turn.js';
import {typedAhead} from '../support/typed-ahead.js';

const few = {choices: ['one', 'two'], byDefault: 'one', help: 'One of the two.'};
const many = {
	choices: Array.from({length: 214}, (_, index) => `bucket-${index + 1}`),
	isFree: true,
	byDefault: 'a-new-one',
	help: 'Any name.',
};

describe('a choice in lines', () => {
	it.each([
		['an empty line', [''], 'one'],
		['a number', ['2'], 'two'],
		['a name', ['two'], 'two'],
		['back', ['back'], 'back'],
		['a name after what there is not', ['three', '7', 'two'], 'two'],
		['a name after the help', ['?', 'two'], 'two'],
	])('takes %s', async (_name, lines, expected) => {
		const {asker, said} = typedAhead(...lines);
		expect(await asker.choose('Which', few)).toBe(expected);
		expect(said()).toContain('1. one\n2. two\nWhich [one]: ');
		asker.close();
	});

	it('says of many only those that are asked for, and numbers stand for what was said', async () => {
		const {asker, said} = typedAhead('list 21', '3');
		expect(await asker.choose('Which', many)).toBe('bucket-210');
		const text = said();
		expect(text).toContain('214 in all');
		expect(text).toContain('1. bucket-21\n2. bucket-121\n3. bucket-210\n');
		expect(text).not.toContain('bucket-7\n');
		asker.close();
	});

	it('a number that stands for nothing yet is a name where any name will do', async () => {
		const {asker} = typedAhead('2');
		expect(await asker.choose('Which', many)).toBe('2');
		asker.close();
	});

	it('hands lines on while nothing is asked', async () => {
		const {asker, type} = typedAhead();
		const heard: string[] = [];
		const end = asker.listen((line) => heard.push(line));
		type('status');
		await vi.waitFor(() => expect(heard).toEqual(['status']));
		end();
		type('two');
		expect(await asker.choose('Which', few)).toBe('two');
		expect(heard).toEqual(['status']);
		asker.close();
	});
});

describe('questions in turn', () => {
	/** Three questions of which the second one is not needed; each says its name, then takes what it is given. */
	const rowOf = (...answers: readonly boolean[]) => {
		const asked: string[] = [];
		const rest = [...answers];
		const question = (name: string, isNeeded = true): Question => ({
			isNeeded: () => isNeeded,
			async ask() {
				asked.push(name);
				return rest.shift() ?? true;
			},
		});
		return {asked, questions: [question('a'), question('b', false), question('c')]};
	};

	it.each([
		['pass over what is answered', [], 'a c'],
		['lead back over it as well', [true, false], 'a c a c'],
		['stay at the first, which has none before it', [false], 'a a c'],
	])('%s', async (_name, answers, expected) => {
		const {asked, questions} = rowOf(...answers);
		const said: string[] = [];
		await askInTurn(questions, 0, (line) => said.push(line));
		expect(asked.join(' ')).toBe(expected);
		expect(said).toEqual(answers[0] === false ? ['This is the first question.'] : []);
	});
});
