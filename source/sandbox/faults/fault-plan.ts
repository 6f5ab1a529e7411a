import {hashText, makeRandom, type Random} from '../world/random.js';
import {type FaultRule, type FaultSubject, replicationOperation} from './fault-rule.js';

type ActiveRule = {readonly rule: FaultRule; readonly random: Random; met: number};

/** Says which requests meet which fault. The same seed and the same requests meet the same faults. */
export class FaultPlan {
	readonly #seed: number;
	#active: readonly ActiveRule[] = [];

	constructor(seed: number, rules: readonly FaultRule[]) {
		this.#seed = seed;
		this.replace(rules);
	}

	/** Puts other rules in place of those there are; counting begins anew. */
	replace(rules: readonly FaultRule[]): void {
		this.#active = rules.map((rule, index) => ({
			rule,
			random: makeRandom(hashText(`${this.#seed}/fault/${index}`)),
			met: 0,
		}));
	}

	/** Gives the first rule whose turn it is; every rule that fits counts the request. */
	next(subject: FaultSubject): FaultRule | undefined {
		let found: FaultRule | undefined;
		for (const active of this.#active) {
			if (!fits(active.rule, subject)) continue;
			active.met += 1;
			const isDue = isTurnOf(active);
			if (isDue) found ??= active.rule;
		}
		return found;
	}
}

function fits(rule: FaultRule, subject: FaultSubject): boolean {
	return (
		isOr(rule.service, subject.service) &&
		isOr(rule.account, subject.accountId) &&
		isOr(rule.bucket, subject.bucket) &&
		isOr(rule.region, subject.region) &&
		fitsOperation(rule, subject.operation)
	);
}

/** S3's own copies are reached by name only, so that they do not upset the counting of requests, or by a region that is down. */
function fitsOperation(rule: FaultRule, operation: string): boolean {
	if (rule.operation !== undefined) return rule.operation === operation;
	return operation !== replicationOperation || rule.fault === 'RegionDown';
}

function isOr(wanted: string | undefined, actual: string | undefined): boolean {
	return wanted === undefined || wanted === actual;
}

function isTurnOf({rule, random, met}: ActiveRule): boolean {
	if (rule.nth !== undefined) return met === rule.nth;
	return rule.probability === undefined || random() < rule.probability;
}
