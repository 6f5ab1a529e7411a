import {destinationOf} from '../arn.js';
import {fixable, type Problem} from '../problem.js';
import type {ReplicationConfiguration, ReplicationRule} from './replication-configuration.js';

/** The destination of a rule that is there: S3 refuses every configuration with a rule to one that is gone or not versioned. */
export type RuleDestination = {
	readonly bucket: string;
	/** `unknown`: it may not be read. */
	readonly state: 'versioned' | 'unversioned' | 'gone' | 'unknown';
};

/** A rule for which S3 refuses every Put of the configuration. */
type BlockedRule = {
	readonly rule: ReplicationRule;
	readonly bucket: string;
	readonly state: 'unversioned' | 'gone';
};

/**
 * The enabled rules whose destination is known to be gone or not versioned. S3 looks at the destination of every rule whenever the
 * configuration is put. Pure.
 * Source: docs/aws-facts.md, 5.6; that it lets disabled rules be is guessed.
 */
export function blockedRules(
	configuration: ReplicationConfiguration | undefined,
	destinations: readonly RuleDestination[],
): readonly BlockedRule[] {
	return (configuration?.Rules ?? []).flatMap((rule) => {
		const bucket = destinationOf(rule);
		const state = destinations.find((one) => one.bucket === bucket)?.state;
		const isBlocked = rule.Status === 'Enabled' && (state === 'gone' || state === 'unversioned');
		return isBlocked ? [{rule, bucket, state}] : [];
	});
}

/** A configuration with these rules disabled, each known by its name, and nothing else changed. */
export function withDisabled(
	configuration: ReplicationConfiguration,
	disabled: ReadonlyArray<Pick<ReplicationRule, 'ID'>>,
): ReplicationConfiguration {
	const ids = new Set(disabled.map(({ID: id}) => id));
	return {
		...configuration,
		Rules: configuration.Rules.map((rule) => (ids.has(rule.ID) ? {...rule, Status: 'Disabled'} : rule)),
	};
}

/** What is wrong with a blocked rule, as a clause. */
export function blockedText({rule: {ID: id}, bucket, state}: BlockedRule): string {
	return `rule ${id ?? ''}: its destination ${bucket} ${state === 'gone' ? 'does not exist' : 'is not versioned'}`;
}

/** Why no rule of a bucket can be written, by rule and destination. */
export function blockedProblem(
	source: string,
	blocked: readonly BlockedRule[],
	ways: readonly string[],
): Problem {
	const isOne = blocked.length === 1;
	const toVersion = [
		...new Set(blocked.flatMap(({bucket, state}) => (state === 'unversioned' ? [bucket] : []))),
	];
	return fixable(
		'rule-blocked',
		`Cannot write rules of ${source}: S3 would refuse them`,
		`${blocked.map(blockedText).join('; ')}. S3 refuses the whole configuration while ${isOne ? 'that rule is' : 'those rules are'} enabled, whatever else is in it.`,
		[
			...ways,
			...toVersion.map((bucket) => `Or enable versioning of ${bucket}, and run this again.`),
			`Or delete ${isOne ? 'that rule' : 'those rules'} in the S3 console, and run this again.`,
		],
	);
}

const ownStates = {
	gone: 'it does not exist',
	unversioned: 'it is not versioned',
	versioned: 'its versioning is not seen yet',
	unknown: 'it is not as planned',
} as const;

/** Why S3 refuses a run's rules of a source for the run's own destination, which its words do not name. */
export function destinationProblem(
	source: string,
	{bucket, state}: RuleDestination,
	message: string,
): Problem {
	return fixable(
		'destination-refused',
		`Cannot replicate to ${bucket}: ${ownStates[state]}`,
		`S3 refuses the rules of ${source} for their destination: ${message.replace(/\.?$/, '.')}`,
		[`Run this again: the new plan makes ${bucket} what the rule needs.`],
	);
}

/** Why S3 refuses rules of a source for one of their destinations, which nobody here may look at. */
export function unseenProblem(source: string, buckets: readonly string[], message: string): Problem {
	return fixable(
		'destination-refused',
		'Cannot write rules: S3 refuses a destination',
		`S3 refuses the rules of ${source}; nobody here can read a destination (${buckets.join(', ')}): ${message.replace(/\.?$/, '.')}`,
		[
			'Give a profile of its account: --destination-profile NAME.',
			`Whoever owns ${buckets.length === 1 ? 'it' : 'one of them'} can enable its versioning.`,
		],
	);
}

/** The rules that one configuration has enabled and the next one disabled. */
export function disabledRules(
	before: ReplicationConfiguration | undefined,
	after: ReplicationConfiguration | undefined,
): readonly ReplicationRule[] {
	return (before?.Rules ?? []).filter(
		({ID: id, Status: status}) =>
			status === 'Enabled' &&
			after?.Rules.some((rule) => rule.ID === id && rule.Status === 'Disabled') === true,
	);
}
