import {expect, test} from 'vitest';
import {newSession} from './support/new-session.js';

test('a changed answer marks the steps behind it that were walked through, and only those', () => {
	const session = newSession();
	session.answer('environment', {environment: 'sandbox'});
	session.next();
	session.answer('mode', {mode: 'cross-region'});
	session.next();
	session.answer('accounts', {sourceProfile: 'source'});
	session.next();
	expect(session.getState().review).toEqual(new Set());
	session.back();
	session.back();
	session.answer('mode', {mode: 'cross-account'});
	expect(session.getState().review).toEqual(new Set(['accounts']));
});

test('answering a marked step takes its mark away', () => {
	const session = newSession();
	session.next();
	session.answer('mode', {mode: 'cross-region'});
	session.next();
	session.next();
	session.answer('mode', {mode: 'cross-account'});
	expect(session.getState().review).toEqual(new Set(['accounts']));
	session.answer('accounts', {sourceProfile: 'source', destinationProfile: 'destination'});
	expect(session.getState().review).toEqual(new Set());
});

test('the same answer again marks nothing', () => {
	const session = newSession();
	session.next();
	session.answer('mode', {mode: 'cross-region'});
	session.next();
	session.next();
	session.answer('mode', {mode: 'cross-region'});
	expect(session.getState().review).toEqual(new Set());
});

test('going back loses no answer', () => {
	const session = newSession();
	session.answer('environment', {environment: 'sandbox'});
	session.next();
	session.answer('mode', {mode: 'cross-account'});
	session.next();
	session.back();
	session.back();
	session.back();
	expect(session.getState()).toMatchObject({
		stepId: 'environment',
		answers: {environment: 'sandbox', mode: 'cross-account'},
	});
});

test('a step that a flag has answered is not asked', () => {
	const session = newSession({mode: 'cross-account'});
	session.answer('environment', {environment: 'sandbox'});
	session.next();
	expect(session.getState().stepId).toBe('accounts');
	session.back();
	expect(session.getState().stepId).toBe('environment');
	expect(session.canGoBack()).toBe(false);
});
