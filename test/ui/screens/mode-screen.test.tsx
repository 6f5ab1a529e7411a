import {expect, test} from 'vitest';
import {renderAsking} from '../../support/render-asking.js';

test('Enter accepts Cross-Region Replication, and what it makes is said before', async () => {
	const screen = await renderAsking({answers: {environment: 'sandbox'}});
	const frame = await screen.waitFor('▸ Cross-Region Replication');
	expect(frame).toContain('versioning on both buckets');
	expect(frame).not.toContain('bucket policy');
	screen.press('enter');
	await screen.waitFor('3/9 Accounts');
	expect(screen.session.getState().answers.mode).toBe('cross-region');
});

test('the text follows the highlight, and the answer is highlighted when it is come back to', async () => {
	const screen = await renderAsking({answers: {environment: 'sandbox'}}, {columns: 120, rows: 40});
	await screen.waitFor('▸ Cross-Region Replication');
	screen.press('down');
	await screen.waitFor('a profile in each account');
	screen.press('enter');
	await screen.waitFor('source bucket?');
	screen.press('escape');
	await screen.waitFor('▸ Cross-Account Replication');
	expect(screen.session.getState().answers.mode).toBe('cross-account');
});
