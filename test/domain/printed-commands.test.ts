import {execFileSync} from 'node:child_process';
import path from 'node:path';
import {describe, expect, it} from 'vitest';
import type {Answers} from '../../source/domain/answers/answers.js';
import {
	applyCommand,
	batchCommandOf,
	diagnoseCommandOf,
	diagnoseStep,
	exportCommandOf,
	forgetCommandOf,
	handOverCommandOf,
	jobCommandOf,
	mendStep,
	planCommandOf,
	receiptCommandOf,
	runsCommand,
	sandboxCommand,
	undoCommandOf,
	watchCommandOf,
} from '../../source/domain/answers/command-line.js';
import {conflicts} from '../../source/commands/conflicts.js';
import {readArguments} from '../../source/read-arguments.js';
import {commandsIn, printedFaults, shellWords} from '../support/printed-commands.js';
import {sourceTexts} from '../support/source-texts.js';

/** Names that break a command where it is not quoted: a space, a quote, what looks like an option, what steers a terminal. */
const names = ['prod', 'My Profile', "o'brien", '--prod', '-p', 'ev\u001B[2Jil', 'größe!', '$(id)', 'a\\b'];
const endpoint = 'http://127.0.0.1:9000';
const runId = '20260102-030405-1a2b';

/** Each command of the one home, and what its own command line must read of it. */
const commandsOf = (name: string): ReadonlyArray<readonly [string, Readonly<Record<string, unknown>>]> => {
	const of = {bucket: 'my-logs', profile: name, destinationProfiles: ['dr']};
	const given = {
		sourceBucket: 'my-logs',
		sourceProfile: name,
		destinationProfile: ['dr'],
		endpointUrl: endpoint,
	};
	const answers: Answers = {
		...{environment: 'aws', mode: 'cross-account', sourceProfile: name, destinationProfile: 'dr'},
		...{sourceBucket: 'my-logs', destinationBucket: 'copies', destinationRegion: 'eu-west-1'},
		...{prefix: name, tags: [`k=${name}`], priority: 3, deleteMarkers: false},
	};
	const {environment: _where, deleteMarkers: _off, ...said} = answers;
	const {mode: _mode, destinationProfile: _theirs, ...handed} = said;
	const standIns = {source: name, destination: 'dr'};
	return [
		[applyCommand(answers, endpoint), {...said, endpointUrl: endpoint, yes: true}],
		[planCommandOf(answers, endpoint, name), {...said, endpointUrl: endpoint, planFile: name}],
		[
			handOverCommandOf(answers, '444455556666', endpoint),
			{
				...{...handed, handsOverTo: 'destination', destinationAccount: '444455556666'},
				endpointUrl: endpoint,
			},
		],
		[
			receiptCommandOf('apply', name, {sourceProfile: name}, endpoint),
			{receipt: name, sourceProfile: name, endpointUrl: endpoint},
		],
		[
			receiptCommandOf('diagnose', name, {destinationProfile: name}, endpoint),
			{receipt: name, destinationProfile: [name], endpointUrl: endpoint},
		],
		[
			jobCommandOf('0f3c', {region: 'us-east-1', profile: name}, endpoint),
			{job: '0f3c', sourceRegion: 'us-east-1', sourceProfile: name, endpointUrl: endpoint},
		],
		[batchCommandOf(of, endpoint), given],
		[watchCommandOf(of, endpoint), given],
		[diagnoseCommandOf(of, endpoint), given],
		[diagnoseStep(of, endpoint), given],
		[mendStep(of, endpoint), {...given, fix: true}],
		[exportCommandOf(of, endpoint), {...given, format: 'terraform'}],
		[
			undoCommandOf(runId, endpoint, standIns),
			{run: runId, sourceProfile: name, destinationProfile: 'dr', endpointUrl: endpoint},
		],
		[forgetCommandOf(runId), {run: runId, forget: true}],
		[runsCommand, {}],
		[sandboxCommand, {sandbox: true, yes: true}],
	];
};

const wordsOf = (text: string): readonly string[] => {
	const [command = '', ...more] = commandsIn(text);
	expect(more).toEqual([]);
	return shellWords(command)?.slice(1) ?? [];
};

describe('a command that is printed', () => {
	it.each(names)('is read by the program’s own command line as it was meant, with the name %j', (name) => {
		for (const [command, meant] of commandsOf(name)) {
			const {given, faults} = readArguments(wordsOf(command));
			expect([command, faults, given]).toEqual([command, [], meant]);
			expect([command, conflicts(given)]).toEqual([command, []]);
		}
	});

	it('is taken apart here as bash does', () => {
		const lines = names.flatMap((name) => commandsOf(name).map(([command]) => command));
		const script = lines.map((line) => `printf '%s\\0' ${line}; printf '\\0'`).join('\n');
		const said = execFileSync('bash', [
			'-c',
			script.replaceAll(/(?<=printf '%s\\0' ).*?(?=s3-replicate)/g, ''),
		])
			.toString()
			.split('\0\0')
			.slice(0, -1);
		expect(said.map((words) => words.split('\0'))).toEqual(
			lines.map((line) => shellWords(line.slice(line.indexOf('s3-replicate')))),
		);
	});

	it('is made in one home wherever a value is filled in, and is right wherever none is', async () => {
		const files = await sourceTexts(path.resolve(import.meta.dirname, '../../source'));
		const elsewhere = [...files].filter(
			([file]) =>
				!/^(?:sandbox\/|domain\/answers\/command-line\.ts|commands\/completion-scripts\.ts)/.test(file),
		);
		const literals = elsewhere.flatMap(([file, code]) =>
			code.split('\n').flatMap((line) => {
				const text = line.trim();
				// Remarks are no texts.
				if (/^(?:\*|\/[/*])/.test(text)) return [];
				return commandsIn(text.replaceAll(/\s*['"`][,)\];]*$/g, '')).map((command) => ({file, command}));
			}),
		);
		expect(literals.length).toBeGreaterThan(10);
		// What help and completion are asked about is a word of ours.
		const filled = literals.filter(
			({command}) => /\$\{/.test(command) && !/ (?:help|completion) \$/.test(command),
		);
		expect(filled).toEqual([]);
	});

	it('is found wrong where it lacks an endpoint, has an option too many, or ends in a full stop', () => {
		const args = ['undo', '--endpoint-url', endpoint];
		const at = `--endpoint-url ${endpoint}`;
		expect(printedFaults(args, `Undo it: s3-replicate undo ${runId}`)).toHaveLength(1);
		expect(printedFaults(args, `Undo it: s3-replicate undo ${runId} ${at}`)).toEqual([]);
		expect(printedFaults(args, `Look: s3-replicate runs.`)).toHaveLength(1);
		expect(printedFaults(args, `Look: s3-replicate runs. Then go on.`)).toEqual([]);
		expect(printedFaults([], `Now: s3-replicate watch --yess`)).toHaveLength(1);
		expect(printedFaults([], `Now: s3-replicate watch --source-profile 'a`)).toHaveLength(1);
		expect(
			printedFaults([], JSON.stringify({nextSteps: [`Now: s3-replicate undo --all ${runId}`]})),
		).toHaveLength(1);
	});
});
