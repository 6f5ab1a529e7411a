import type {AnswerEntry} from './answer-entry.js';
import {answerRows, answerTable, type TableName} from './answer-table.js';
import type {OptionValue} from './option.js';

/** Where a run happens: on AWS (or whatever endpoint stands in for it), or on a sandbox started for the run. */
export type EnvironmentKind = 'aws' | 'sandbox';

/** The name under which the SDK's default chain (environment, container, instance, `AWS_PROFILE`) is offered. */
export const defaultChain = '(default chain)';

/** Everything a person decides, whether on screens or by flags. What is absent has not been answered. */
export type Answers = {readonly environment?: EnvironmentKind} & {
	readonly [Name in TableName]?: OptionValue<(typeof answerTable)[Name]>;
};

export type AnswerName = keyof Answers;

/** Whether an answer is asked for at all with the others as they are. */
export function isAsked(name: AnswerName, others: Answers): boolean {
	return name === 'environment' || entryOf(name).isAsked?.(others) !== false;
}

/** How many test files follow a set-up without a screen: as many as were asked for; else those of a sandbox, and on AWS none. */
export function fileCountOf({testFileCount, environment}: Answers): number {
	return testFileCount ?? (environment === 'sandbox' ? answerTable.testFileCount.defaultOf() : 0);
}

/** What is said of an answer of the table. */
export function entryOf(name: TableName): AnswerEntry {
	return answerTable[name];
}

/** The answers that are in a run's record by their names. */
export type RecordedAnswers = Pick<
	Answers,
	{
		[Name in TableName]: (typeof answerTable)[Name] extends {readonly isRecorded: true} ? Name : never;
	}[TableName]
>;

/** Those of the answers that a record says. */
export function recordedAnswers(answers: Answers): RecordedAnswers {
	const recorded = answerRows.filter(([, {isRecorded}]) => isRecorded);
	return Object.fromEntries(
		recorded.map(([name]) => [name, answers[name]]).filter(([, value]) => value !== undefined),
	) as RecordedAnswers;
}
