import type {ReplicationRule} from '../rule/replication-configuration.js';
import {type NeedWeight, weightOf} from './need-weight.js';

/** What an action is to the rules that the role serves: the heaviest counts. */
export function heaviestOf(action: string, rules: readonly ReplicationRule[]): NeedWeight {
	const weights = rules.map((rule) => weightOf(action, rule));
	return (
		weights.find(({level}) => level === 'stop') ??
		weights.find(({level}) => level === 'warning') ?? {level: 'none'}
	);
}

type Weighed<T> = {
	/** What the rules cannot do without. */
	readonly stops: readonly T[];
	/** What they can do without, with a loss. */
	readonly warnings: readonly T[];
	/** The losses of the warnings, each once. */
	readonly losses: readonly string[];
};

/** Actions that are withheld, by what they are to the rules; what matters to none of them is left out. */
export function weighGaps<T extends {readonly actions: readonly string[]}>(
	gaps: readonly T[],
	rules: readonly ReplicationRule[],
): Weighed<T> {
	const of = (level: NeedWeight['level']): readonly T[] =>
		gaps.flatMap((gap) => {
			const actions = gap.actions.filter((action) => heaviestOf(action, rules).level === level);
			return actions.length === 0 ? [] : [{...gap, actions}];
		});
	const warnings = of('warning');
	const losses = warnings
		.flatMap(({actions}) => actions)
		.flatMap((action) => {
			const weight = heaviestOf(action, rules);
			return weight.level === 'none' ? [] : [weight.without];
		});
	return {stops: of('stop'), warnings, losses: [...new Set(losses)]};
}
