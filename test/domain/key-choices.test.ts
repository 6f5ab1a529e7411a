import {expect, it} from 'vitest';
import {choiceText, type KeyChoice, preselectedKey} from '../../source/domain/observed/key-choices.js';

const choice = (alias: string, state = 'Enabled'): KeyChoice => ({
	alias,
	key: {
		arn: `arn:aws:kms:us-west-2:111122223333:key/${alias.replace('alias/', '')}`,
		accountId: '111122223333',
		state,
		manager: alias.startsWith('alias/aws/') ? 'AWS' : 'CUSTOMER',
		spec: 'SYMMETRIC_DEFAULT',
	},
});

const [one, two, old, managed] = [
	choice('alias/one'),
	choice('alias/two'),
	choice('alias/old', 'Disabled'),
	choice('alias/aws/s3'),
];

it.each([
	['the only one that can be used', [one, old, managed], undefined, false, 'alias/one'],
	['the destination bucket’s own', [one, two, managed], two.key?.arn, false, 'alias/two'],
	['not its own, where that is disabled', [one, old], old.key?.arn, false, 'alias/one'],
	['none of several', [one, two], undefined, false, undefined],
	['that of AWS within one account', [old, managed], undefined, false, 'alias/aws/s3'],
	['not that of AWS in another account', [managed], undefined, true, undefined],
] as const)('%s is chosen beforehand', (_which, keys, destinationKey, isOtherAccount, expected) => {
	const found = {keys, isListed: true, destinationKey};
	expect(preselectedKey({...found, isSourceEncrypted: true}, isOtherAccount)).toBe(expected);
	expect(preselectedKey({...found, isSourceEncrypted: false}, isOtherAccount)).toBeUndefined();
});

it.each([
	[one, 'enabled'],
	[managed, 'enabled, managed by AWS'],
	[old, 'disabled'],
	[choice('alias/going', 'PendingDeletion'), 'waits for its deletion'],
	[{alias: 'alias/hidden'}, 'state not known'],
] as const)('%s is told as %s', (given, text) => {
	expect(choiceText(given)).toBe(text);
});
