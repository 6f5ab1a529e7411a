import type {Connection} from '../../source/aws/ports.js';
import type {RecordStore, RecordWriter} from '../../source/engine/record/record-store.js';

/** The write at which a process dies, from 1: before it has an effect, or after. 0: it lives. */
export type Death = {readonly at: number; readonly when: 'before' | 'after'};

/** Every death at so many writes. */
export function deaths(count: number): readonly Death[] {
	return Array.from({length: count}, (_, index) => [
		{at: index + 1, when: 'before'} as const,
		{at: index + 1, when: 'after'} as const,
	]).flat();
}

const writing = /^(create|put|enable|suspend|delete|set)/;

/**
 * A process that is killed at its n-th write. What is in the record by then stays, and nothing is written there or sent any more;
 * requests that are under way reach AWS, as they do when a process ends, and their answers reach nobody.
 */
export function mortal({at, when}: Death, records: RecordStore, counts = writing) {
	let count = 0;
	let isDead = false;
	const killed = (): Error => new Error('killed');

	const wrapPort = <Port extends object>(port: Port): Port =>
		new Proxy(port, {
			get(target, name: string) {
				const method = (target as Record<string, (...args: readonly unknown[]) => Promise<unknown>>)[name];
				return async (...args: readonly unknown[]) => {
					if (isDead) throw killed();
					const isLast = counts.test(name) && ++count === at;
					if (isLast && when === 'before') isDead = true;
					if (isDead) throw killed();
					const answer = await method?.(...args);
					if (isLast) isDead = true;
					if (isDead) throw killed();
					return answer;
				};
			},
		});

	const wrapWriter = (writer: RecordWriter): RecordWriter => ({
		async append(line) {
			if (isDead) throw killed();
			await writer.append(line);
		},
	});

	return {
		wrap: (connection: Connection): Connection => ({
			...connection,
			buckets: wrapPort(connection.buckets),
			objects: wrapPort(connection.objects),
			roles: wrapPort(connection.roles),
			jobs: wrapPort(connection.jobs),
		}),
		records: {
			...records,
			create: async (header) => wrapWriter(await records.create(header)),
			extend: async (runId) => wrapWriter(await records.extend(runId)),
		} satisfies RecordStore,
		hasDied: () => isDead,
	};
}
