import {expect, test} from 'vitest';
import {likelyProfiles} from '../../source/session/actions/core/likely-profiles.js';
import type {Profile} from '../../source/domain/profile.js';

const profile = (name: string, accountId?: string, more: Partial<Profile> = {}): Profile => ({
	name,
	kind: 'keys',
	...(accountId === undefined ? {} : {accountId}),
	...more,
});

const profiles = [
	profile('prod', '1'),
	profile('dr', '2'),
	profile('dr-admin', '2', {kind: 'sso'}),
	profile('helper', '2', {kind: 'process'}),
	profile('coded', '3', {signIn: {kind: 'mfa-code', profile: 'coded', serial: 'arn'}}),
	profile('nobody-knows'),
	profile('test', '4', {kind: 'role'}),
];

test.each([
	['those of its account, no process among them', {accountId: '2'}, ['dr', 'dr-admin']],
	['none that a person has to help', {accountId: '3'}, []],
	['one of each other account where nobody knows whose it is', {}, ['dr', 'test']],
	['the one of an earlier run first', {recorded: 'test'}, ['test', 'dr']],
	['that one though nothing tells its account', {recorded: 'nobody-knows'}, ['nobody-knows', 'dr', 'test']],
	['no process of an earlier run', {recorded: 'helper', accountId: '9'}, []],
])('gives %s', (_what, known, expected) => {
	const accountOf = ({accountId}: Profile) => accountId;
	expect(likelyProfiles({profiles, accountOf, others: new Set(['1']), ...known})).toEqual(expected);
});
