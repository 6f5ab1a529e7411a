import {type Problem, problemFrom} from '../../domain/problem.js';

/** Something that is asked for, and takes its time. */
export type Loadable<T> =
	| {readonly state: 'idle'}
	| {readonly state: 'loading'}
	| {readonly state: 'ready'; readonly value: T}
	| {readonly state: 'failed'; readonly problem: Problem};

export const idle: Loadable<never> = {state: 'idle'};
export const loading: Loadable<never> = {state: 'loading'};

/** The value, or the problem that kept it away. */
export async function loaded<T>(
	load: () => Promise<T>,
): Promise<Extract<Loadable<T>, {readonly state: 'ready' | 'failed'}>> {
	try {
		return {state: 'ready', value: await load()};
	} catch (error) {
		return {state: 'failed', problem: problemFrom(error)};
	}
}

/** The value, where it is there. */
export function valueOf<T>(loadable: Loadable<T> | undefined): T | undefined {
	return loadable?.state === 'ready' ? loadable.value : undefined;
}
