import type {Answers} from '../answers/answers.js';
import {answerRows} from '../answers/answer-table.js';
import {isOfKind, textFault, textOf} from '../answers/answer-text.js';
import type {ProfileEndpoints} from '../endpoint/service-endpoints.js';
import type {Operation} from '../operations/registry.js';
import {areRecords, isRecord, jsonIn} from '../../policy/json-shape.js';
import {isSameValue} from '../same-value.js';
import {jsonText} from '../text/visible-text.js';
import {changesBetween, nounOf} from './plan-changes.js';
import type {Plan} from './plan.js';

const kind = 's3-replicate plan';
const schemaVersion = 1;

/** A plan as it was looked at: what was asked for, where the calls go, and what is written. It has no secret in it. */
export type PlanFile = {
	readonly answers: Answers;
	readonly endpoints: readonly ProfileEndpoints[];
	readonly operations: readonly Operation[];
};

/** A plan as a file. */
export function planFileText(answers: Answers, endpoints: readonly ProfileEndpoints[], plan: Plan): string {
	const operations = plan.operations.filter(({change}) => change !== 'keep');
	return `${jsonText({kind, schemaVersion, answers, endpoints, operations}, 2)}\n`;
}

/** Reads a plan's file, which somebody may have written by hand. Gives what is wrong with it, in a sentence. */
export function readPlanFile(
	text: string,
): {readonly ok: true; readonly file: PlanFile} | {readonly ok: false; readonly fault: string} {
	const found = jsonIn(text);
	if (!isRecord(found) || found.kind !== kind) return {ok: false, fault: 'It is no plan of s3-replicate.'};
	if (found.schemaVersion !== schemaVersion)
		return {ok: false, fault: 'Another version of s3-replicate wrote it: make the plan anew.'};
	const answers = answersIn(found.answers);
	const {endpoints, operations} = found;
	if (!answers || !areRecords(endpoints) || !areRecords(operations))
		return {ok: false, fault: 'It is not whole, or was edited: make the plan anew.'};
	return {
		ok: true,
		file: {
			answers,
			// What is read here is compared with what is planned anew, and never done.
			endpoints: endpoints as readonly ProfileEndpoints[],
			operations: operations as readonly Operation[],
		},
	};
}

/** What a plan that is made now does otherwise than the one in a file, a sentence each; none where both write the very same. */
export function differencesFrom({operations: shown}: PlanFile, now: readonly Operation[]): readonly string[] {
	const writes = now.filter(({change}) => change !== 'keep');
	if (isSameValue(plain(shown), plain(writes))) return [];
	const found = changesBetween(shown, now);
	const done = shown.filter(({id}) => !writes.some((operation) => operation.id === id));
	const others = done.map((operation) => `As planned by now: ${nounOf(operation)}.`);
	return found.length + others.length > 0
		? [...new Set([...found, ...others])]
		: ['What is planned now is something else.'];
}

/** Without what is not written to JSON. */
const plain = (operations: readonly Operation[]): unknown =>
	JSON.parse(JSON.stringify(operations)) as unknown;

/** Answers as the command line would take them; nothing where one of them is none. */
export function answersIn(value: unknown): Answers | undefined {
	if (!isRecord(value)) return undefined;
	const rows = new Map<string, (typeof answerRows)[number][1]>(answerRows);
	const {environment, ...others} = value;
	if (environment !== 'aws') return undefined;
	for (const [name, answer] of Object.entries(others)) {
		const entry = rows.get(name);
		if (!entry || !isOfKind(answer, entry)) return undefined;
		if (textFault(textOf(answer, entry), entry) !== undefined) return undefined;
	}

	return {...others, environment};
}
