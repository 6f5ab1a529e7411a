import {readdirSync, readFileSync} from 'node:fs';
import {DeleteBucketPolicyCommand} from '@aws-sdk/client-s3';
import type {Answers} from '../../source/domain/answers/answers.js';
import type {SandboxOptions} from '../../source/sandbox/start-sandbox.js';
import {type Line, normalisedLines, RunNumbers} from './normalised-lines.js';
import type {ProgramResult} from './program.js';
import type {RecordedWorld} from './recorded-world.js';

// Made by the program at 7827b45, the last commit before answers and options became tables, at the sandbox that it served itself.
const folder = new URL('../fixtures/version-0.1/', import.meta.url);

/** A command, and what the version before said to it; without an exit code it is what somebody else does meanwhile. */
type Said = {
	readonly command: readonly string[];
	readonly exitCode: number | null;
	readonly lines: readonly Line[];
};

/** Commands one after the other in one world. */
type Transcript = {readonly world: SandboxOptions; readonly said: readonly Said[]};

/** A record, the set-up that it is of, and what the version before made of both. */
type OldRecord = Transcript & {
	readonly record: string;
	readonly setUp: readonly string[];
	/** Whether it was offered to be gone on with, and the answers that were offered. */
	readonly resumes: boolean;
	readonly answers: Answers;
};

type Head = Omit<OldRecord, 'said' | 'world'> & {
	readonly world?: SandboxOptions;
	readonly faults?: SandboxOptions['faults'];
};

export const transcriptNames = readdirSync(folder)
	.filter((name) => name.endsWith('.jsonl') && name !== 'records.jsonl')
	.map((name) => name.replace('.jsonl', ''));

export function transcript(name: string): Transcript {
	const [first] = worldsOf(`${name}.jsonl`);
	if (!first) throw new Error(`${name} is empty.`);
	return {world: first.head.world ?? {}, said: first.said};
}

export function oldRecords(): readonly OldRecord[] {
	return worldsOf('records.jsonl').map(({head: {faults, ...head}, said}) => ({
		...head,
		world: {faults},
		said,
	}));
}

/** A record as it was written, but for the port of the sandbox, which is the one given. */
export function oldRecordText(name: string, endpointUrl: string): string {
	return readFileSync(new URL(`records/${name}.jsonl`, folder), 'utf8').replaceAll(
		'http://127.0.0.1:PORT',
		endpointUrl,
	);
}

function worldsOf(file: string): ReadonlyArray<{readonly head: Head; readonly said: readonly Said[]}> {
	const worlds: Array<{head: Head; said: Array<Said & {lines: Line[]}>}> = [];
	for (const text of readFileSync(new URL(file, folder), 'utf8').trimEnd().split('\n')) {
		const line = JSON.parse(text) as Record<string, unknown>;
		const world = worlds.at(-1);
		if ('type' in line) world?.said.at(-1)?.lines.push(line as Line);
		else if ('command' in line) world?.said.push({...(line as Omit<Said, 'lines'>), lines: []});
		else worlds.push({head: line as unknown as Head, said: []});
	}

	return worlds;
}

const addedTypes = new Set([
	'cause-found',
	'replication-metrics-read',
	'events-awaited',
	'failure-reason-received',
]);

/** What is said besides since then, in a line of its own: an event of a new type, and that a file failed that is sent again by itself. */
const isAddedSince = (line: Line): boolean => addedTypes.has(String(line.type)) || 'sendingAgain' in line;

/** Gives the commands to today's program, one after the other. `numbers`: the runs that the world knows already. */
export async function sayAgain(
	world: RecordedWorld,
	said: readonly Said[],
	numbers = new RunNumbers(),
): Promise<readonly Said[]> {
	const today: Said[] = [];
	for (const {command} of said) {
		const result = await done(
			world,
			command.map((argument) => numbers.out(argument)),
		);
		today.push({
			command,
			exitCode: result?.exitCode ?? null,
			lines: normalisedLines(result?.stdout ?? '', numbers).filter((line) => !isAddedSince(line)),
		});
	}

	return today;
}

async function done(world: RecordedWorld, command: readonly string[]): Promise<ProgramResult | undefined> {
	if (command[0] !== 'delete-bucket-policy') return world.run(...command);
	await world.one.destination.send(new DeleteBucketPolicyCommand({Bucket: 'v01-destination'}));
	return undefined;
}

/** Sentences for people: they may be said in other words. */
const texts = new Set(['headline', 'cause', 'nextSteps', 'evidence', 'notes', 'reason']);

/** What of the old value is not in the new one, as sentences; fields may have been added, and texts may differ in their words. */
export function lostFrom(old: unknown, today: unknown, place: string, isText = false): readonly string[] {
	if (isText && typeof old === 'string' && typeof today === 'string') return [];
	if (isText && Array.isArray(old) && Array.isArray(today)) return [];
	if (typeof old !== 'object' || old === null)
		return old === today ? [] : [`${place}: ${JSON.stringify(old)} has become ${JSON.stringify(today)}`];
	if (typeof today !== 'object' || today === null || Array.isArray(old) !== Array.isArray(today))
		return [`${place}: ${JSON.stringify(old)} has become ${JSON.stringify(today)}`];
	const length =
		Array.isArray(old) && Array.isArray(today) && old.length !== today.length
			? [`${place}: ${old.length} have become ${today.length}`]
			: [];
	return [
		...length,
		...Object.entries(old).flatMap(([field, value]) =>
			lostFrom(value, (today as Record<string, unknown>)[field], `${place}.${field}`, texts.has(field)),
		),
	];
}

/** What of what was said is not said any more, by command. */
export function lostFromSaid(old: readonly Said[], today: readonly Said[]): readonly string[] {
	return old.flatMap((before, index) => {
		const now = today[index];
		const place = before.command.join(' ');
		const names = before.lines.map(nameOf);
		// What the SDK tried again in silence has its line today.
		const lines = now?.lines.filter(
			(line) =>
				line.type !== 'operation-retried' ||
				!String(line.reason).startsWith('AWS asks to slow down') ||
				names.includes(nameOf(line)),
		);
		return [
			...lostFrom(before.exitCode ?? null, now?.exitCode ?? null, `${place}: exit code`),
			...lostFrom(names, lines?.map(nameOf), `${place}: lines`),
			...before.lines.flatMap((line, at) => lostFrom(line, lines?.[at], `${place}: ${nameOf(line)}`)),
		];
	});
}

function nameOf({type, id, key}: Line): string {
	return [type, id, key].filter((part) => typeof part === 'string').join(' ');
}
