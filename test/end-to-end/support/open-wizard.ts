import {mkdtemp, readdir, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {S3Client} from '@aws-sdk/client-s3';
import {fromIni} from '@aws-sdk/credential-provider-ini';
import {onTestFinished} from 'vitest';
import {cli} from '../../support/program.js';
import {openTerminal, type OpenedTerminal} from '../../support/terminal.js';
import {until} from '../../support/until.js';

/** The arguments of a sandbox that replicates at once: what is waited for is the screen. */
export const quickSandbox = ['--sandbox', '--replication-delay', '60'] as const;

type WizardOptions = {
	readonly args?: readonly string[];
	readonly columns?: number;
	readonly rows?: number;
	readonly env?: Readonly<Record<string, string>>;
};

export type OpenedWizard = OpenedTerminal & {
	/** The folder it was started in, which is its home as well. */
	readonly home: string;
	/** Waits until the screen of a step is there and hears keys. */
	readonly waitForStep: (title: string) => Promise<string>;
	/** An S3 client on the sandbox inside the program, found by the files that it wrote. */
	readonly clientOf: (profile: 'source' | 'destination', region: string) => Promise<S3Client>;
};

/** Starts the built program in a pseudo-terminal, with a home and a temporary folder of its own and no AWS settings. */
export async function openWizard({
	args = [],
	columns = 80,
	rows = 24,
	env = {},
}: WizardOptions = {}): Promise<OpenedWizard> {
	const home = await mkdtemp(path.join(tmpdir(), 's3-replicate-home-'));
	onTestFinished(async () => rm(home, {recursive: true, force: true}));
	const terminal = openTerminal(process.execPath, [cli, ...args], {
		columns,
		rows,
		cwd: home,
		env: {HOME: home, TMPDIR: home, AWS_EC2_METADATA_DISABLED: 'true', ...env},
	});
	return {
		...terminal,
		home,
		waitForStep: async (title) =>
			terminal.waitFor(
				(frame) => {
					const lines = frame.split('\n');
					return (lines[0]?.includes(title) ?? false) && /(\?|F1) help/.test(lines.at(-1) ?? '');
				},
				{what: `the step ${title}`},
			),
		async clientOf(profile, region) {
			const folder = await until(async () => {
				const names = await readdir(home, {withFileTypes: true});
				for (const entry of names.filter((one) => one.isDirectory())) {
					const inside = await readdir(path.join(home, entry.name));
					if (inside.includes('credentials')) return path.join(home, entry.name);
				}

				return undefined;
			});
			const config = await readFile(path.join(folder, 'config'), 'utf8');
			const client = new S3Client({
				region,
				endpoint: /endpoint_url\s*=\s*(\S+)/.exec(config)?.[1],
				forcePathStyle: true,
				credentials: fromIni({
					profile,
					configFilepath: path.join(folder, 'config'),
					filepath: path.join(folder, 'credentials'),
					ignoreCache: true,
				}),
			});
			onTestFinished(() => client.destroy());
			return client;
		},
	};
}
