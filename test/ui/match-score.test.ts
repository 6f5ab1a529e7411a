import {expect, test} from 'vitest';
import {matchItems, matchScore} from '../../source/ui/components/fields/match-score.js';

const names = [
	'acme-preprod',
	'billing',
	'prod-breakglass',
	'acme-prod',
	'prod',
	'data-prod-eu',
	'pear-orchard',
];

test.each<[string, readonly string[]]>([
	['', names],
	['  ', names],
	['prod', ['prod', 'prod-breakglass', 'acme-prod', 'data-prod-eu', 'acme-preprod', 'pear-orchard']],
	['PROD', ['prod', 'prod-breakglass', 'acme-prod', 'data-prod-eu', 'acme-preprod', 'pear-orchard']],
	['prod eu', ['data-prod-eu']],
	['acme-p', ['acme-preprod', 'acme-prod']],
	['apd', ['acme-preprod', 'acme-prod', 'data-prod-eu']],
	['zzz', []],
])('the filter %j gives the best matches first', (filter, expected) => {
	expect(matchItems(filter, names, (name) => [name])).toEqual(expected);
});

test.each<[string, string, readonly string[], number | undefined]>([
	['the whole name', 'prod', ['prod', '111122223333'], 0],
	['an account id', '1111', ['prod', '111122223333'], 3],
	['digits scattered over an account id are no match', '1123', ['prod', '111122223333'], undefined],
	['a name and its region', 'prod us-east', ['prod', 'us-east-1'], 3],
	['a word of which nothing matches', 'prod zzz', ['prod', 'us-east-1'], undefined],
])('%s', (_name, filter, texts, expected) => {
	expect(matchScore(filter, texts)).toBe(expected);
});
