import {UnexpectedAnswer} from './unexpected-answer.js';

/** A member that every answer of the API has; what lacks it is none of the API's. */
export function needed<T>(value: T | undefined, name: string): T {
	if (value === undefined) throw new UnexpectedAnswer(`The answer has no ${name}.`);
	return value;
}

/** A text that every answer of the API has, and that is never empty. */
export function neededText(value: unknown, name: string): string {
	if (typeof value === 'string' && value !== '') return value;
	throw new UnexpectedAnswer(`The answer has no ${name}.`);
}
