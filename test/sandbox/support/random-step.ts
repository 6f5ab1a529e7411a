import {type Random} from '../../../source/sandbox/world/random.js';
import {bucketOf, type ModelRule, type ReplicationModel} from './replication-model.js';

/** One thing that a client does, or `copy`: time for the copies that are pending. */
export type Step =
	| {readonly does: 'put'; readonly bucket: string; readonly key: string; readonly team: string | undefined}
	| {readonly does: 'delete'; readonly bucket: string; readonly key: string}
	| {
			readonly does: 'delete-version';
			readonly bucket: string;
			readonly key: string;
			readonly versionId: string;
	  }
	| {
			readonly does: 'retag';
			readonly bucket: string;
			readonly key: string;
			readonly versionId: string;
			readonly team: string | undefined;
	  }
	| {readonly does: 'set-rules'; readonly bucket: string; readonly rules: readonly ModelRule[]}
	| {readonly does: 'copy'};

const keys = ['in/a', 'in/b', 'out/a'];
const teams = [undefined, 'red', 'blue'];
const prefixes = ['', 'in/', 'in/b'];

/** Buckets that clients write to and the buckets that they may replicate to; a circle on purpose. */
type Routes = Readonly<Record<string, readonly string[]>>;

/** Takes a stream of numbers and what there is so far, gives what is done next. */
export function nextStep(random: Random, model: ReplicationModel, routes: Routes): Step {
	const bucket = pick(random, Object.keys(routes));
	const key = pick(random, keys);
	const team = pick(random, teams);
	const share = random();
	if (share < 0.38) return {does: 'put', bucket, key, team};
	if (share < 0.5) return {does: 'delete', bucket, key};
	if (share < 0.7) return {does: 'set-rules', bucket, rules: changedRules(random, model, bucket, routes)};
	if (share < 0.8) return {does: 'copy'};
	// These take any bucket, and so replicas and those that only receive.
	const [where, {versions}] = pick(random, [...model.buckets]);
	const chosen = versions.filter(({content}) => share < 0.9 || content !== undefined);
	if (chosen.length === 0) return {does: 'put', bucket, key, team};
	const {key: chosenKey, versionId} = pick(random, chosen);
	return share < 0.9
		? {does: 'delete-version', bucket: where, key: chosenKey, versionId}
		: {does: 'retag', bucket: where, key: chosenKey, versionId, team};
}

function changedRules(
	random: Random,
	model: ReplicationModel,
	bucket: string,
	routes: Routes,
): readonly ModelRule[] {
	const {rules} = bucketOf(model, bucket);
	const added = [...rules, randomRule(random, rules, routes[bucket] ?? [])];
	if (rules.length === 0 || rules[0]?.schema === 'V1') return added.slice(-1);
	const index = Math.floor(random() * rules.length);
	const change = (changes: (rule: ModelRule) => Partial<ModelRule>): readonly ModelRule[] =>
		rules.map((rule, place) => (place === index ? {...rule, ...changes(rule)} : rule));
	return pick<() => readonly ModelRule[]>(random, [
		// Often, because what is pending meets a disabled rule only between a write and the next copies.
		() => change(({isEnabled}) => ({isEnabled: !isEnabled})),
		() => change(({isEnabled}) => ({isEnabled: !isEnabled})),
		() => change(({isEnabled}) => ({isEnabled: !isEnabled})),
		() => change(({isEnabled}) => ({isEnabled: !isEnabled})),
		() => change(() => ({prefix: pick(random, prefixes)})),
		() => change(({copiesMarkers, team}) => ({copiesMarkers: !copiesMarkers && team === undefined})),
		() => change(() => ({priority: freePriority(random, rules)})),
		() => (rules.length < 4 ? added : rules.slice(1)),
		() => (rules.length < 4 ? added : rules.slice(1)),
		() => rules.filter((_, place) => place !== index),
		() => added.slice(-1).map(inSchemaV1),
	])();
}

function randomRule(
	random: Random,
	others: readonly ModelRule[],
	destinations: readonly string[],
): ModelRule {
	const priority = freePriority(random, others);
	const team = pick(random, [undefined, undefined, 'red']);
	return {
		schema: 'V2',
		id: `rule-${Math.floor(random() * 0x1_0000_0000)}`,
		destination: pick(random, destinations),
		isEnabled: random() < 0.85,
		priority,
		prefix: pick(random, prefixes),
		// S3 takes no rule that has both (S3 User Guide, delete-marker-replication).
		...(team === undefined ? {copiesMarkers: random() < 0.5} : {team, copiesMarkers: false}),
		...(random() < 0.3 ? {storageClass: 'STANDARD_IA' as const} : {}),
	};
}

function inSchemaV1({team: _, ...rule}: ModelRule): ModelRule {
	return {...rule, schema: 'V1', priority: 0, copiesMarkers: true};
}

function freePriority(random: Random, rules: readonly ModelRule[]): number {
	const free = Array.from({length: 20}, (_, priority) => priority).filter((priority) =>
		rules.every((rule) => rule.priority !== priority),
	);
	return pick(random, free);
}

function pick<T>(random: Random, choices: readonly T[]): T {
	return choices[Math.floor(random() * choices.length)] as T;
}
