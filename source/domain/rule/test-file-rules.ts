import {destinationOf} from '../arn.js';
import {openRecord} from '../open-record.js';
import type {ReplicationRule} from './replication-configuration.js';
import type {Tag} from '../answers/rule-values.js';
import {filterOf, takesObject} from './rule-filter.js';

/** Test files as the rules of a bucket take them: what their keys begin with, their tags, and where they go. */
export type TestFileRules = {
	readonly rulePrefix: string;
	readonly tags: Readonly<Record<string, string>>;
	/** Destination buckets, each once. */
	readonly destinations: readonly string[];
};

/**
 * Finds the prefix and the tags with which a test file is taken by as many destinations' rules as possible; a shorter prefix is preferred.
 * A tag has to be there when the object is written. Gives nothing where no rule is enabled. Where a rule is wanted it takes them whatever the
 * others need; one that is not enabled is passed over.
 * Source: S3 User Guide, "Replication configuration file elements", Filter; "Troubleshooting replication".
 */
export function testFileRules(
	rules: readonly ReplicationRule[],
	wantedId?: string,
): TestFileRules | undefined {
	const enabled = rules.filter(({Status}) => Status === 'Enabled');
	const wanted = wantedId === undefined ? undefined : enabled.find(({ID: id}) => id === wantedId);
	const prefixes = [...new Set(enabled.map(prefixOf))]
		.filter((prefix) => wanted === undefined || prefix.startsWith(prefixOf(wanted)))
		.sort((left, right) => left.length - right.length);
	const found = prefixes.map((rulePrefix) => withPrefix(rulePrefix, enabled, wanted));
	return found.reduce<TestFileRules | undefined>(
		(best, one) => (best && best.destinations.length >= one.destinations.length ? best : one),
		undefined,
	);
}

/** The buckets of enabled rules that test files named so do not reach. */
export function leftOut(rules: readonly ReplicationRule[], taken: TestFileRules): readonly string[] {
	const all = rules.filter(({Status}) => Status === 'Enabled').map(destinationOf);
	return [...new Set(all)].filter((bucket) => !taken.destinations.includes(bucket));
}

/** The buckets to which enabled rules replicate a file with this key and these tags, each once. */
export function bucketsOfFile(
	rules: readonly ReplicationRule[],
	key: string,
	tags: Readonly<Record<string, string>>,
): readonly string[] {
	const taking = rules.filter((rule) => rule.Status === 'Enabled' && takesObject(filterOf(rule), key, tags));
	return [...new Set(taking.map(destinationOf))];
}

function withPrefix(
	rulePrefix: string,
	rules: readonly ReplicationRule[],
	wanted?: ReplicationRule,
): TestFileRules {
	const tags = openRecord<string>();
	const destinations = new Set<string>();
	const matching = rules.filter((rule) => rulePrefix.startsWith(prefixOf(rule)));
	// Rules without tags take every file, and few tags clash less.
	const weightOf = (rule: ReplicationRule): number => (rule === wanted ? -1 : tagsOf(rule).length);
	for (const rule of matching.sort((left, right) => weightOf(left) - weightOf(right))) {
		const wanted = tagsOf(rule);
		if (wanted.some(({Key, Value}) => tags[Key] !== undefined && tags[Key] !== Value)) continue;
		for (const {Key, Value} of wanted) tags[Key] = Value;
		destinations.add(destinationOf(rule));
	}

	return {rulePrefix, tags, destinations: [...destinations]};
}

const prefixOf = (rule: ReplicationRule): string => filterOf(rule).prefix;

const tagsOf = (rule: ReplicationRule): readonly Tag[] => filterOf(rule).tags;
