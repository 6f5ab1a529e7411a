import {open, rm, rmdir} from 'node:fs/promises';
import {join} from 'node:path';
import {makeFolder} from './make-folder.js';
import {makePrivateFolder, ownerFile} from './private-folder.js';

/** The folder cannot be used: it already holds a file that the sandbox would write, or it cannot be written to. */
export class SandboxDirectoryError extends Error {
	readonly path: string;

	constructor(message: string, path: string, options?: ErrorOptions) {
		super(message, options);
		this.name = 'SandboxDirectoryError';
		this.path = path;
	}
}

export type SandboxDirectory = {
	readonly configFile: string;
	readonly credentialsFile: string;
	/** Removes what was written, and nothing else. */
	readonly remove: () => Promise<void>;
};

const fileMode = 0o600;

/**
 * Writes the shared config and credentials files (AWS SDKs and Tools reference, file-format), readable for their owner
 * alone. Throws SandboxDirectoryError where the folder already holds either.
 */
export async function writeSandboxDirectory(
	directory: string | undefined,
	contents: {readonly config: string; readonly credentials: string},
): Promise<SandboxDirectory> {
	const path = directory ?? (await makePrivateFolder('sandbox'));
	const created = directory === undefined ? path : await ensureDirectory(path);
	const configFile = join(path, 'config');
	const credentialsFile = join(path, 'credentials');
	const written = directory === undefined ? [join(path, ownerFile)] : [];
	const remove = async (): Promise<void> => {
		for (const file of written) await rm(file, {force: true});
		// Somebody else's files keep the folder.
		if (created !== undefined) await rmdir(path).catch(() => undefined);
	};
	try {
		for (const [file, text] of [
			[configFile, contents.config],
			[credentialsFile, contents.credentials],
		] as const) {
			await writeNew(file, text);
			written.push(file);
		}
	} catch (error) {
		await remove();
		throw error;
	}
	return {configFile, credentialsFile, remove};
}

/** Gives the path if the folder was not there before. */
async function ensureDirectory(path: string): Promise<string | undefined> {
	try {
		return await makeFolder(path);
	} catch (error) {
		throw new SandboxDirectoryError(`The folder ${path} cannot be made`, path, {cause: error});
	}
}

async function writeNew(file: string, text: string): Promise<void> {
	try {
		const handle = await open(file, 'wx', fileMode);
		try {
			await handle.writeFile(text);
		} finally {
			await handle.close();
		}
	} catch (error) {
		const isThere = (error as NodeJS.ErrnoException).code === 'EEXIST';
		throw new SandboxDirectoryError(
			isThere ? `${file} already exists: the sandbox does not overwrite it` : `${file} cannot be written`,
			file,
			{cause: error},
		);
	}
}
