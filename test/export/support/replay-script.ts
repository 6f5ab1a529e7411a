import {execFile} from 'node:child_process';
import {chmod, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {promisify} from 'node:util';
import * as iam from '@aws-sdk/client-iam';
import * as kms from '@aws-sdk/client-kms';
import * as s3 from '@aws-sdk/client-s3';
import type {OpenSandbox} from '../../sandbox/support/open-sandbox.js';

/** A call of the AWS CLI as it was made. */
type CliCall = {
	readonly profile: string;
	readonly region: string;
	readonly service: string;
	readonly command: string;
	readonly options: Readonly<Record<string, string>>;
};

/** Stands in for the AWS CLI: writes down what it is called with, documents in the place of their files; nothing is there yet. */
const standIn = `#!/usr/bin/env bash
for word in "$@"; do
  case $word in file://*) word=$(cat "\${word#file://}") ;; esac
  printf '%s\\x1f' "$word" >>"$CALLS"
done
printf '\\x1e' >>"$CALLS"
case " $* " in *' head-bucket '* | *' get-role '*) exit 254 ;; esac
`;

/** Runs a script with bash, and gives the calls of the AWS CLI that it makes in a place where there is nothing. */
export async function callsOf(script: string): Promise<readonly CliCall[]> {
	const folder = await mkdtemp(path.join(tmpdir(), 's3-replicate-script-'));
	try {
		const calls = path.join(folder, 'calls');
		await writeFile(path.join(folder, 'aws'), standIn);
		await chmod(path.join(folder, 'aws'), 0o755);
		await writeFile(path.join(folder, 'script.sh'), script);
		await promisify(execFile)('bash', [path.join(folder, 'script.sh')], {
			env: {PATH: `${folder}:${process.env.PATH}`, CALLS: calls},
		});
		const text = await readFile(calls, 'utf8');
		return text
			.split('\x1e')
			.slice(0, -1)
			.map((call) => callIn(call.split('\x1f').slice(0, -1)));
	} finally {
		await rm(folder, {recursive: true});
	}
}

function callIn(words: readonly string[]): CliCall {
	const options: Record<string, string> = {};
	const names: string[] = [];
	for (let index = 0; index < words.length; index++) {
		const word = words[index] ?? '';
		const next = words[index + 1];
		if (!word.startsWith('--')) names.push(word);
		else if (next === undefined || next.startsWith('--')) options[word.slice(2)] = 'true';
		else {
			options[word.slice(2)] = next;
			index++;
		}
	}

	const {profile = '', region = '', ...others} = options;
	const [service = '', ...command] = names;
	return {profile, region, service, command: command.join(' '), options: others};
}

/** Options whose value is a structure: in JSON, or as `Name=value`. */
const structures = new Set([
	...[
		'replication-configuration',
		'tagging',
		'tags',
		'versioning-configuration',
		'create-bucket-configuration',
	],
]);

/** Makes the same calls with the SDK, those that only look or wait apart. */
export async function replay(calls: readonly CliCall[], open: OpenSandbox): Promise<void> {
	const writing = calls.filter(({command}) => !/^(?:wait |head-|get-)/.test(command));
	for (const {profile, region, service, command, options} of writing) {
		const input = Object.fromEntries(
			Object.entries(options)
				.filter(([name]) => name !== 'endpoint-url')
				.map(([name, value]) => [pascal(name), valueOf(name, value)]),
		);
		const who = profile as 'source' | 'destination';
		const [module, client] = {
			s3api: [s3, open.s3(who, region)] as const,
			iam: [iam, open.iamOf(who)] as const,
			kms: [kms, open.kms(who, region)] as const,
		}[service]!;
		const Command = (module as unknown as Record<string, new (input: object) => never>)[
			`${pascal(command)}Command`
		]!;
		await (client as {send: (command: never) => Promise<unknown>}).send(new Command(input));
	}
}

const pascal = (name: string): string =>
	name
		.split('-')
		.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
		.join('');

function valueOf(name: string, text: string): unknown {
	if (name === 'max-session-duration') return Number(text);
	if (name === 'object-lock-enabled-for-bucket') return text === 'true';
	if (!structures.has(name)) return text;
	if (/^[[{]/.test(text)) return JSON.parse(text);
	const [member = '', value] = text.split('=');
	return {[member]: value};
}
