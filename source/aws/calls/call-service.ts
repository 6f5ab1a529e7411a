import type {GetOutputType} from '@smithy/types';
import type {Caller} from '../problems/caller.js';
import {errorOf} from '../problems/problem-of.js';
import {answerOf} from '../../domain/problem.js';
import {allPages, type Page} from '../responses/all-pages.js';
import type {CheckedClient} from '../responses/check-answer.js';

/** The operations of a service: its SDK has a command of each. */
export type OperationOf<Sdk> = {
	[Name in keyof Sdk]: Name extends `${infer Operation}Command` ? Operation : never;
}[keyof Sdk];

type CommandOf<Sdk, Operation extends string> = Sdk[`${Operation}Command` & keyof Sdk] extends new (
	...given: never
) => infer Command
	? Command
	: never;

export type InputOf<Sdk, Operation extends string> =
	CommandOf<Sdk, Operation> extends {readonly input: infer Input} ? Input : never;

export type OutputOf<Sdk, Operation extends string> = GetOutputType<CommandOf<Sdk, Operation>>;

/** What is said of a call beside what is sent. */
export type About = {
	/** The region that is asked; of IAM, which has one place for all, `aws-global`. */
	readonly region: string;
	/** The bucket, object or role, in words for a problem. */
	readonly target?: string;
	/** What other permissions than the call's own are about, by their names. */
	readonly resources?: Readonly<Record<string, string>>;
	/** What else a person can do where it is refused. */
	readonly refusedSteps?: readonly string[];
	/** Is given the command before it is sent. */
	readonly prepare?: (command: CheckedClient) => void;
	readonly signal?: AbortSignal;
};

type ServiceCaller<Sdk> = {
	/** Makes a call, and gives what `read` makes of the answer, or the answer itself. */
	readonly call: <Operation extends OperationOf<Sdk>, T = OutputOf<Sdk, Operation>>(
		operation: Operation,
		input: InputOf<Sdk, Operation>,
		about: About,
		read?: (answer: OutputOf<Sdk, Operation>) => T,
	) => Promise<T>;
	/** Makes a call for each page of a listing, and gives the items of all. */
	readonly list: <Operation extends OperationOf<Sdk>, T>(
		operation: Operation,
		inputAt: (marker: string | undefined) => InputOf<Sdk, Operation>,
		about: About,
		read: (answer: OutputOf<Sdk, Operation>) => Page<T>,
	) => Promise<readonly T[]>;
};

/** Makes the client of a region when it is first asked for. */
export type ClientOf<Client> = (region: string) => Promise<Client>;

/** What is used of a client of the SDK, and of its module, whichever the service. */
type Client = {
	readonly send: (command: never, options: {readonly abortSignal?: AbortSignal}) => Promise<unknown>;
};
type Command = new (input: unknown) => CheckedClient;

/**
 * Makes the calls of one service; loads its SDK and makes the client of a region when the first comes. What goes wrong, in the answer and
 * between the pages of a listing, too, is thrown as a problem that names the call.
 */
export function serviceCaller<Sdk>(
	load: () => Promise<Sdk>,
	client: ClientOf<Client>,
	caller: () => Caller,
): ServiceCaller<Sdk> {
	return {
		call: async (operation, input, about, read = asItIs) =>
			told(operation, about, async () => read(await send(operation, input, about))),
		list: async (operation, inputAt, about, read) =>
			told(operation, about, async () =>
				allPages(async (marker) => read(await send(operation, inputAt(marker), about))),
			),
	};

	async function send<Operation extends OperationOf<Sdk>>(
		operation: Operation,
		input: InputOf<Sdk, Operation>,
		{region, prepare, signal}: About,
	): Promise<OutputOf<Sdk, Operation>> {
		const made = await client(region);
		const commands = (await load()) as Readonly<Record<`${Operation}Command`, Command>>;
		const command = new commands[`${operation}Command`](input);
		prepare?.(command);
		return (await made.send(command as never, {abortSignal: signal})) as OutputOf<Sdk, Operation>;
	}

	async function told<T>(operation: string, about: About, ask: () => Promise<T>): Promise<T> {
		try {
			return await ask();
		} catch (error) {
			const {target, resources, refusedSteps} = about;
			throw errorOf(error, {...caller(), operation, target, resources, refusedSteps});
		}
	}
}

/** Makes an answer of the codes that say that there is nothing. */
export function absent(...codes: readonly string[]): (error: unknown) => undefined {
	return (error) => {
		if (codes.includes(answerOf(error)?.code ?? '')) return undefined;
		throw error;
	};
}

const asItIs = <T>(answer: unknown): T => answer as T;
