import type {RuleFilter} from '../rule/rule-filter.js';

type Prefixed = {readonly Prefix?: string};

/** A lifecycle rule, as far as it is read here. Source: S3 API Reference, LifecycleRule. */
export type LifecycleRule = Prefixed & {
	readonly ID?: string;
	readonly Status?: string;
	readonly Filter?: Prefixed & {readonly And?: Prefixed};
};

/** The lifecycle rules that are enabled and may act on objects that filters take: a rule of other keys is no matter. Pure. */
export function lifecycleRulesOn(
	rules: readonly LifecycleRule[],
	filters: ReadonlyArray<Pick<RuleFilter, 'prefix'>>,
): readonly LifecycleRule[] {
	return rules.filter((rule) => {
		const {Prefix = rule.Filter?.And?.Prefix ?? rule.Prefix ?? ''} = rule.Filter ?? {};
		const acts = filters.some(({prefix}) => prefix.startsWith(Prefix) || Prefix.startsWith(prefix));
		return rule.Status === 'Enabled' && acts;
	});
}
