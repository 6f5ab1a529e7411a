import {expect, it} from 'vitest';
import {changesText} from '../../source/commands/ask/confirm.js';

it.each([
	[1, [], '1 change'],
	[7, [], '7 changes'],
	[7, ['A'], '7 changes despite 1 warning (A)'],
	[1, ['A', 'B'], '1 change despite 2 warnings (A; B)'],
])('%d changes with the warnings %j are asked for as what they are', (count, warnings, text) => {
	expect(changesText(count, warnings)).toBe(text);
});
