import type {ReplicationRule as SdkRule} from '@aws-sdk/client-s3';
import {expect, test} from 'vitest';
import {mergeRule} from '../../source/domain/rule/merge-rule.js';
import type {
	ReplicationConfiguration,
	ReplicationRule,
} from '../../source/domain/rule/replication-configuration.js';
import {checkRule} from '../../source/sandbox/s3/replication-configuration/check-rule.js';
import {takeBackRules} from '../../source/domain/take-back/take-back-rules.js';
import type {RuleOptions} from '../../source/domain/rule/rule-options.js';
import {makeRandom, type Random} from '../../source/sandbox/world/random.js';

const configurationsPerSeed = 150;
const role = 'arn:aws:iam::111122223333:role/r';
const wanted = {id: 'ours', partition: 'aws', destinationBucket: 'dst'};
const ours = 'arn:aws:s3:::dst';
const team = {Key: 'team', Value: 'red'};

/** What is written to the source: an object with or without the tag, or a delete marker. */
const subjects = ['in/a', 'in/deep/a', 'out/a', 'top'].flatMap((key) =>
	(['object', 'tagged', 'marker'] as const).map((kind) => ({key, kind})),
);
type Subject = (typeof subjects)[number];

const pick = <T>(random: Random, values: readonly T[]): T =>
	values[Math.floor(random() * values.length)] as T;

/** The fields besides the filter, each there or not, and members that no version of S3 has yet. */
function randomFields(
	random: Random,
	isV1: boolean,
): {readonly rule: Partial<ReplicationRule>; readonly destination: Readonly<Record<string, unknown>>} {
	const maybe = (members: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
		random() < 0.3 ? members : {};
	const kms = random() < 0.3;
	const on = {Status: 'Enabled'};
	const criteria = {
		...(kms ? {SseKmsEncryptedObjects: on} : {}),
		...(isV1 ? {} : maybe({ReplicaModifications: {Status: pick(random, ['Enabled', 'Disabled'])}})),
	};
	const measured = {Metrics: {...on, EventThreshold: {Minutes: 15}}};
	return {
		rule: {
			...(Object.keys(criteria).length === 0 ? {} : {SourceSelectionCriteria: criteria}),
			...maybe({Theirs: {Number: '1.20', List: [{Deep: ' '}]}}),
		},
		destination: {
			...(kms
				? {EncryptionConfiguration: {ReplicaKmsKeyID: 'arn:aws:kms:us-west-2:444455556666:key/theirs'}}
				: {}),
			...maybe({Account: '444455556666', AccessControlTranslation: {Owner: 'Destination'}}),
			...(isV1
				? {}
				: pick(random, [{}, {Metrics: on}, {...measured, ReplicationTime: {...on, Time: {Minutes: 15}}}])),
			...maybe({Theirs: 'there'}),
		},
	};
}

/** Options as a person asks for them. */
function randomOptions(random: Random): RuleOptions {
	const all: RuleOptions = {
		storageClass: 'GLACIER_IR',
		deleteMarkers: true,
		replicationTimeControl: true,
		metrics: true,
		ownerOverride: true,
		kmsKey: 'arn:aws:kms:us-west-2:444455556666:key/ours',
		replicaModifications: true,
	};
	return Object.fromEntries(Object.entries(all).filter(() => random() < 0.3));
}

/** Rules as S3 takes them: of one schema, with priorities of their own, tags without delete markers. */
function randomConfiguration(random: Random): ReplicationConfiguration {
	const isV1 = random() < 0.4;
	const count = Math.floor(random() * 5);
	return {Role: role, Rules: isV1 ? rulesV1(random, count) : rulesV2(random, count)};
}

function rulesV1(random: Random, count: number): readonly ReplicationRule[] {
	const bucket = pick(random, [ours, 'arn:aws:s3:::other']);
	// In schema V1 prefixes do not overlap.
	const prefixes = random() < 0.2 ? [''] : ['in/', 'out/', 'tmp/', 'to'].slice(0, count);
	return prefixes.map((prefix, index) => {
		const fields = randomFields(random, true);
		return {
			...fields.rule,
			ID: index === 1 && random() < 0.1 ? 'ours' : `r${index}`,
			Status: pick(random, ['Enabled', 'Enabled', 'Disabled'] as const),
			Prefix: prefix,
			Destination: {
				...fields.destination,
				Bucket: bucket,
				StorageClass: pick(random, ['STANDARD_IA', 'GLACIER']),
			},
		};
	});
}

function rulesV2(random: Random, count: number): readonly ReplicationRule[] {
	const free = random() < 0.5 ? [0, 1, 2, 3, 4] : [7, 0, 2_147_483_647, 1, 40];
	return Array.from({length: count}, (_none, index) => {
		const prefix = pick(random, ['', 'in/', 'in/deep/', 'out/']);
		const isTagged = random() < 0.3;
		const [Priority] = free.splice(Math.floor(random() * free.length), 1);
		const fields = randomFields(random, false);
		return {
			...fields.rule,
			ID: index === 0 && random() < 0.3 ? 'ours' : `r${index}`,
			Priority,
			Status: pick(random, ['Enabled', 'Enabled', 'Disabled'] as const),
			Filter: isTagged
				? prefix === ''
					? {Tag: team}
					: {And: {Prefix: prefix, Tags: [team]}}
				: pick(random, [{Prefix: prefix}, prefix === '' ? {} : {Prefix: prefix}]),
			DeleteMarkerReplication: {
				Status: isTagged ? 'Disabled' : pick(random, ['Enabled', 'Disabled'] as const),
			},
			Destination: {
				...fields.destination,
				Bucket: pick(random, [ours, ours, 'arn:aws:s3:::other']),
				StorageClass: pick(random, ['STANDARD_IA', 'GLACIER']),
			},
		};
	});
}

function fits({Filter: filter, Prefix}: ReplicationRule, {key, kind}: Subject): boolean {
	const prefix = filter?.Prefix ?? filter?.And?.Prefix ?? Prefix ?? '';
	const isForTag = filter?.Tag !== undefined || filter?.And?.Tags !== undefined;
	return key.startsWith(prefix) && (!isForTag || kind === 'tagged');
}

/** The rule that decides about a subject at a destination, of those that are enabled: the highest priority, in V1 the first. */
function winner(
	rules: readonly ReplicationRule[],
	bucket: string,
	subject: Subject,
): ReplicationRule | undefined {
	return rules
		.filter(({Status, Destination}) => Status === 'Enabled' && Destination.Bucket === bucket)
		.filter((rule) => fits(rule, subject))
		.toSorted((left, right) => (right.Priority ?? 0) - (left.Priority ?? 0))[0];
}

/** What a rule does with a subject: nothing, or a copy in some storage class. */
function outcome(rule: ReplicationRule, {kind}: Subject): string {
	const isV1 = rule.Filter === undefined;
	const copiesMarkers = isV1 || rule.DeleteMarkerReplication?.Status === 'Enabled';
	return kind === 'marker' && !copiesMarkers ? 'nothing' : `copy as ${rule.Destination.StorageClass}`;
}

/** What every subject that some rule decides about comes to, at each destination. */
function effects(rules: readonly ReplicationRule[]): ReadonlyMap<string, string> {
	const buckets = [ours, 'arn:aws:s3:::other'];
	return new Map(
		buckets.flatMap((bucket) =>
			subjects.flatMap((subject) => {
				const rule = winner(rules, bucket, subject);
				return rule ? [[`${bucket} ${subject.kind} ${subject.key}`, outcome(rule, subject)] as const] : [];
			}),
		),
	);
}

type Merge = {readonly before: ReplicationConfiguration; readonly after: ReplicationConfiguration};

/** Random configurations and what each of them becomes; those where a person has to decide are left out. */
function merges(seed: number): readonly Merge[] {
	const random = makeRandom(seed);
	return Array.from({length: configurationsPerSeed}, () => randomConfiguration(random)).flatMap((before) => {
		const result = mergeRule(before, role, wanted);
		return result.ok ? [{before, after: result.configuration}] : [];
	});
}

const seeds = [1, 2, 3, 4, 5, 6, 7, 8];

test.each(seeds)(
	'every other rule goes on doing what it did, in random configurations of seed %i',
	(seed) => {
		const made = merges(seed);
		expect(made.length).toBeGreaterThan(configurationsPerSeed / 2);
		for (const {before, after} of made) {
			const told = JSON.stringify({before, after}, undefined, 1);
			const now = effects(after.Rules);
			const changed = [...effects(before.Rules)].filter(([subject, was]) => now.get(subject) !== was);
			expect(changed, told).toEqual([]);
			const objects = subjects.filter(({kind}) => kind !== 'marker');
			const lost = objects.filter((subject) => winner(after.Rules, ours, subject) === undefined);
			expect(lost, told).toEqual([]);
		}
	},
);

test.each(seeds)('the outcome is one that S3 takes, in random configurations of seed %i', (seed) => {
	for (const {after} of merges(seed)) {
		const {Rules: rules} = after;
		for (const rule of rules) checkRule(rule as SdkRule);
		const numbered = rules.filter(({Filter}) => Filter !== undefined);
		expect([0, rules.length]).toContain(numbered.length);
		expect(new Set(numbered.map(({Priority}) => Priority)).size).toBe(numbered.length);
		expect(new Set(rules.map(({ID}) => ID)).size).toBe(rules.length);
	}
});

test.each(seeds)('merged twice is merged once, in random configurations of seed %i', (seed) => {
	for (const {after} of merges(seed)) {
		expect(mergeRule(after, role, wanted)).toMatchObject({ok: true});
		expect(mergeRule(after, role, wanted)).toHaveProperty('configuration', after);
	}
});

/** What stays of a rule whatever is written beside it: its place among the others and, out of schema V1, its form may change. */
function lastingOf({Priority: _priority, ...rule}: ReplicationRule, isV1: boolean): object {
	const {Prefix: _prefix, Filter: _filter, DeleteMarkerReplication: _markers, ...members} = rule;
	return isV1 ? members : rule;
}

test.each(seeds)(
	'with any options every field of other rules stays, and what nobody knows of one’s own; taken back is as before, in random configurations of seed %i',
	(seed) => {
		const random = makeRandom(seed);
		let made = 0;
		for (let count = 0; count < configurationsPerSeed; count++) {
			const before = randomConfiguration(random);
			const options = randomOptions(random);
			const asked = {...wanted, options, destinationAccountId: '444455556666', isNameFree: true};
			const result = mergeRule(before, `${role}-new`, asked);
			if (!result.ok) continue;
			made++;
			const {configuration: after, ruleId} = result;
			const told = JSON.stringify({before, options, after}, undefined, 1);
			const isV1 = before.Rules.some(({Filter}) => Filter === undefined);
			const others = ({Rules}: ReplicationConfiguration): readonly object[] =>
				Rules.filter(({ID}) => ID !== ruleId).map((rule) => lastingOf(rule, isV1));
			expect(others(after), told).toEqual(others(before));
			const [had, has] = [before, after].map(({Rules}) => Rules.find(({ID}) => ID === ruleId));
			const unknown = [had?.Theirs, had?.Destination.Theirs];
			expect(had ? [has?.Theirs, has?.Destination.Theirs] : unknown, told).toEqual(unknown);
			for (const rule of after.Rules) checkRule(rule as SdkRule);
			const now = structuredClone(after);
			expect(takeBackRules(now, {before, after}).configuration, told).toEqual(before);
		}

		expect(made).toBeGreaterThan(configurationsPerSeed / 2);
	},
);
