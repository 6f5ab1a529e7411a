import type {Reason} from '../../policy/decision.js';
import type {Doubt, Foresight} from '../../policy/foresee.js';

/** The answers to all calls of an action as one: what is refused for certain, and what hangs on something or hits some objects only. */
export function together(foreseen: readonly Foresight[]): {
	readonly surely: readonly Reason[];
	readonly unclear: readonly Doubt[];
} {
	const refused = foreseen.flatMap((one) => (one.outcome === 'refused' ? [one.reasons] : []));
	const reasons = refused.flat();
	const missing = reasons.filter(({effect}) => effect !== 'explicit-deny');
	const denials = reasons.filter(({effect}) => effect === 'explicit-deny');
	const doubts = foreseen.flatMap((one) => (one.outcome === 'open' ? one.doubts : []));
	const isWhole = refused.length === foreseen.length;
	const onSome = (reason: Reason): Doubt => ({
		...reason,
		unsure: {conditions: [], keys: [], isPartial: true},
	});
	return {
		surely: [...missing.slice(0, 1), ...(isWhole ? denials : [])],
		unclear: [...doubts, ...(isWhole ? [] : denials.map(onSome))],
	};
}
