import {expect, test} from 'vitest';
import type {Connection} from '../../../source/aws/ports.js';
import {shownNames} from '../../../source/ui/screens/options/option-texts.js';
import {encryptedAnswers, encryptedWorld} from '../../support/encrypted-world.js';
import type {KeyCode} from '../../support/key-codes.js';
import {renderAsking} from '../../support/render-asking.js';

const downTo = (name: 'kmsKey' | 'twoWay'): readonly KeyCode[] =>
	Array.from({length: shownNames({}).indexOf(name)}, () => 'down');

test('Enter before the keys are read waits for them: the key that the source needs is not lost', async () => {
	const {sandbox} = await encryptedWorld();
	let answer: () => void = () => undefined;
	const asked = new Promise<void>((resolve) => {
		answer = resolve;
	});
	const wrap = (connection: Connection): Connection => ({
		...connection,
		keys: {
			...connection.keys,
			async listAliases(region) {
				await asked;
				return connection.keys.listAliases(region);
			},
		},
	});
	const screen = await renderAsking({answers: encryptedAnswers, aws: sandbox, wrap});
	await screen.waitFor('▸   Rule name');
	screen.press(...downTo('kmsKey'), 'enter');
	await screen.waitFor('Reading what home encrypts with');
	expect(screen.session.getState().stepId).toBe('options');
	answer();
	await screen.waitFor('6/9 Check');
	expect(screen.session.getState().answers.kmsKey).toBe('alias/in-away');
});

test('each way has its own key beforehand, and ^O lists the keys of its own region', async () => {
	const {sandbox} = await encryptedWorld();
	const screen = await renderAsking({answers: encryptedAnswers, aws: sandbox});
	await screen.waitFor('KMS key        alias/in-away');
	screen.press(...downTo('twoWay'));
	await screen.waitFor('▸   Two-way');
	screen.type(' ');
	await screen.waitFor('KMS key back   alias/in-home');
	screen.press('down');
	expect(await screen.waitFor('▸ • KMS key back')).toMatch(
		/On since away encrypts with\s+SSE-KMS by default/,
	);
	screen.type('\u000F');
	const listed = await screen.waitFor(/▸ alias\/in-home +enabled/);
	expect(listed).toMatch(/alias\/off-home +disabled/);
	expect(listed).not.toContain('-away');
	screen.press('up', 'enter');
	await screen.waitFor('KMS key back');
	screen.press('enter');
	await screen.waitFor('6/9 Check');
	expect(screen.session.getState().answers).toMatchObject({
		twoWay: true,
		kmsKey: 'alias/in-away',
		backKmsKey: 'alias/aws/s3',
	});
});
