import {readFile, writeFile} from 'node:fs/promises';
import process from 'node:process';
import {cli} from '../support/program.js';
import {openTerminal} from '../support/terminal.js';

/** Takes the README's picture of the watch view from a real run of the built program on a sandbox. */
const readme = new URL('../../README.md', import.meta.url);
const closers: Array<() => Promise<void>> = [];
const terminal = openTerminal(process.execPath, [cli, '--sandbox'], {
	columns: 88,
	rows: 24,
	env: {
		AWS_CONFIG_FILE: '/nonexistent',
		AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
		AWS_EC2_METADATA_DISABLED: 'true',
	},
	closeWith: (close) => closers.push(close),
});
for (const title of ['Mode', 'Accounts', 'Buckets', 'Buckets', 'Options', 'Check', 'Plan']) {
	await terminal.waitFor((frame) => (frame.split('\n')[0] ?? '').includes(title) && frame.includes('? help'));
	terminal.press('enter');
}

await terminal.waitFor((frame) => (frame.match(/✓ REPLICA/g)?.length ?? 0) === 5);
const picture = terminal
	.lines()
	.map((line) => line.trimEnd())
	.join('\n')
	.trimEnd();
terminal.press('ctrlC');
await terminal.waitForEnd();
await Promise.all(closers.map(async (close) => close()));

const before = await readFile(readme, 'utf8');
const place = /(<!-- picture[^>]*-->\n+```text\n)[\s\S]*?(```\n+<!-- \/picture -->)/;
if (!place.test(before)) throw new Error('README has no place for the picture.');
await writeFile(
	readme,
	before.replace(place, (_all, start: string, end: string) => `${start}${picture}\n${end}`),
);
