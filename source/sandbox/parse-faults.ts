import {iamActions} from './iam/actions.js';
import {kmsActions} from './kms/actions.js';
import {s3Actions} from './s3/actions.js';
import {stsActions} from './sts/actions.js';
import {faultNames, type FaultRule, replicationOperation, serviceNames} from './faults/fault-rule.js';

export type ParsedFaults =
	| {readonly ok: true; readonly rules: readonly FaultRule[]}
	| {readonly ok: false; readonly reason: string};

type Field = {readonly fits: (value: unknown) => boolean; readonly expected: string};

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';

/** A rule for anything else would never be met. */
const operations = [s3Actions, iamActions, stsActions, kmsActions, new Set([replicationOperation])];

const fields: Readonly<Record<keyof FaultRule, Field>> = {
	service: {
		fits: (value) => (serviceNames as readonly unknown[]).includes(value),
		expected: `one of ${serviceNames.join(', ')}`,
	},
	operation: {
		fits: (value) => operations.some((actions) => actions.has(value as string)),
		expected: `an operation that the sandbox does, such as PutObject, or ${replicationOperation}`,
	},
	account: {
		fits: (value) => typeof value === 'string' && /^\d{12}$/.test(value),
		expected: 'an account id: a text of 12 digits',
	},
	bucket: {fits: isText, expected: 'the name of a bucket'},
	region: {fits: isText, expected: 'the name of a region'},
	nth: {
		fits: (value) => Number.isInteger(value) && (value as number) >= 1,
		expected: 'a whole number from 1 on',
	},
	probability: {
		fits: (value) => typeof value === 'number' && value >= 0 && value <= 1,
		expected: 'a number from 0 to 1',
	},
	fault: {
		fits: (value) => (faultNames as readonly unknown[]).includes(value),
		expected: `one of ${faultNames.join(', ')}`,
	},
	delayMs: {
		fits: (value) => typeof value === 'number' && Number.isFinite(value) && value >= 0,
		expected: 'a number of milliseconds',
	},
};

/** Takes the text of a faults file, a JSON list of rules; gives the rules, or a sentence about the first mistake. */
export function parseFaults(text: string): ParsedFaults {
	const value = readJson(text);
	if (value instanceof Error) return {ok: false, reason: `The faults are not JSON: ${value.message}`};
	if (!Array.isArray(value)) {
		return {ok: false, reason: 'The faults are not a JSON list of rules, such as [{"fault": "SlowDown"}].'};
	}
	const problem = value
		.map((rule, index) => ruleProblem(rule, index + 1))
		.find((found) => found !== undefined);
	// Every field was just looked at: the value has the shape of rules.
	return problem === undefined ? {ok: true, rules: value as FaultRule[]} : {ok: false, reason: problem};
}

function readJson(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch (error) {
		return error;
	}
}

function ruleProblem(rule: unknown, number: number): string | undefined {
	if (typeof rule !== 'object' || rule === null || Array.isArray(rule)) {
		return `Rule ${number} is no JSON object.`;
	}
	for (const [name, value] of Object.entries(rule)) {
		if (!Object.hasOwn(fields, name)) {
			return `Rule ${number} has an unknown field “${name}”; the fields are ${Object.keys(fields).join(', ')}.`;
		}
		const {fits, expected} = fields[name as keyof FaultRule];
		if (!fits(value)) return `Rule ${number}: “${name}” must be ${expected}, not ${JSON.stringify(value)}.`;
	}
	const {fault, nth, probability, region, delayMs} = rule as Partial<FaultRule>;
	if (fault === undefined) return `Rule ${number} has no “fault”: ${fields.fault.expected}.`;
	if (nth !== undefined && probability !== undefined) {
		return `Rule ${number} has both “nth” and “probability”: choose one.`;
	}
	if (fault === 'RegionDown' && region === undefined) {
		return `Rule ${number}: RegionDown needs a “region”.`;
	}
	if (delayMs !== undefined && fault !== 'SlowAnswer') {
		return `Rule ${number}: “delayMs” belongs to SlowAnswer alone.`;
	}
	return undefined;
}
