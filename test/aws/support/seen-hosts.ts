import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {HttpResponse} from '@smithy/core/protocols';
import {onTestFinished} from 'vitest';
import type {ConnectOptions} from '../../../source/aws/connect.js';
import type {RequestHandler} from '../../../source/aws/transport/bounded-handler.js';
import {readSharedConfig} from '../../../source/aws/transport/shared-config.js';

type Files = {readonly config?: string; readonly credentials?: string};

/** The shared files, really written; gone when the test ends. */
export async function sharedFiles({config = '', credentials = ''}: Files): Promise<ConnectOptions['config']> {
	const folder = await mkdtemp(path.join(tmpdir(), 's3-replicate-shared-'));
	onTestFinished(async () => rm(folder, {recursive: true}));
	const [configFile, credentialsFile] = [path.join(folder, 'config'), path.join(folder, 'credentials')];
	await writeFile(configFile, config);
	await writeFile(credentialsFile, credentials);
	return readSharedConfig({configFile, credentialsFile});
}

/** Sends nothing: notes where each request would go, and answers with a status that says no. */
export function seeHosts(statusCode = 403): {readonly hosts: string[]; readonly handler: RequestHandler} {
	const hosts: string[] = [];
	const handler: Pick<RequestHandler, 'handle' | 'metadata'> = {
		metadata: {handlerProtocol: 'http/1.1'},
		async handle({hostname, port}: {readonly hostname: string; readonly port?: number}) {
			hosts.push(port === undefined ? hostname : `${hostname}:${port}`);
			return {response: new HttpResponse({statusCode, headers: {}, body: new Uint8Array()})};
		},
	};
	return {hosts, handler: handler as RequestHandler};
}
