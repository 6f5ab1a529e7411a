import {randomBytes} from 'node:crypto';
import {open} from 'node:fs/promises';
import {readRegularFile} from '../../aws/transport/read-regular-file.js';
import type {ProcessIdentity} from './process-identity.js';

/** Who holds a lock. `token` is another one at every taking. */
export type Holder = ProcessIdentity & {readonly token: string};

/**
 * `nobody`: there is no lock. `unreadable`: there is something that names no process. `cut-off`: it was never written to its end, as
 * the first versions left it when they were killed then, or a power failure does; no process sees a lock before it is whole.
 */
export type Found =
	| {readonly is: 'nobody'}
	| {readonly is: 'cut-off'; readonly token: string}
	| {readonly is: 'unreadable'; readonly reason: string}
	| {readonly is: 'held'; readonly holder: Holder};

const limitBytes = 65_536;

export const newToken = (): string => randomBytes(12).toString('hex');

/** Reads who holds a lock. Throws node's error where that cannot be read. */
export async function readLock(file: string): Promise<Found> {
	try {
		const {text, stats} = await readRegularFile(file, limitBytes);
		const fileIs = `${stats.ino}-${stats.mtimeNs}`;
		const content = parsed(text);
		if (content === undefined && /^(\{|$)/.test(text)) return {is: 'cut-off', token: fileIs};
		const holder = holderFrom(content, fileIs);
		return holder ? {is: 'held', holder} : {is: 'unreadable', reason: 'It names no process'};
	} catch (error) {
		const {code, message} = error as NodeJS.ErrnoException;
		if (code === 'ENOENT') return {is: 'nobody'};
		return {is: 'unreadable', reason: message};
	}
}

/** Writes a new file that names its holder, before anybody else can see it as a lock. After a power failure it may be cut off, which is no harm. */
export async function writeLock(file: string, holder: Holder): Promise<void> {
	const handle = await open(file, 'wx', 0o600);
	try {
		await handle.writeFile(JSON.stringify(holder));
	} finally {
		await handle.close();
	}
}

/** What tells a lock from the next one at the same place. */
export function tokenOf(found: Found): string | undefined {
	if (found.is === 'held') return found.holder.token;
	return found.is === 'cut-off' ? found.token : undefined;
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** Locks of the first versions have no token: the file itself tells one from the next. */
function holderFrom(found: unknown, fileIs: string): Holder | undefined {
	if (typeof found !== 'object' || found === null) return undefined;
	const {pid, host, token, ...rest} = found as Readonly<Record<string, unknown>>;
	if (typeof pid !== 'number' || !Number.isSafeInteger(pid) || pid <= 0 || typeof host !== 'string')
		return undefined;
	const known = (name: string): string | undefined =>
		typeof rest[name] === 'string' ? rest[name] : undefined;
	return {
		pid,
		host,
		token: typeof token === 'string' && /^[\da-f]{24}$/.test(token) ? token : fileIs,
		machine: known('machine'),
		boot: known('boot'),
		namespace: known('namespace'),
		startedAt: known('startedAt'),
	};
}
