// `npm run test:terraform`: the whole road of an export. Each row of the matrix, and what `apply` sets up, is made in a sandbox and
// exported; Terraform imports all of it, changes nothing, and sees no difference afterwards. The files are the golden ones of `npm test`.
//
// It takes Terraform from 1.5, and the AWS provider below TERRAFORM_PLUGIN_DIR, or from where Terraform finds it. Without Terraform it
// fails, unless `--allow-missing` is given.
import {execFile} from 'node:child_process';
import {mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {openSandbox} from '../sandbox/support/open-sandbox.js';
import {runHere} from '../support/run-here.js';
import {placeRow} from './support/place-row.js';
import {exportRows, namesOf, replicaKeyArn} from './support/rows.js';

type Exported = {readonly name: string; readonly group: string; readonly folder: string};
type Ran = {readonly code: number; readonly said: string};

const golden = new URL('../fixtures/terraform/', import.meta.url);
const work = await mkdtemp(path.join(tmpdir(), 's3-replicate-terraform-'));
const open = await openSandbox();
const env = {
	AWS_CONFIG_FILE: open.sandbox.configFile,
	AWS_SHARED_CREDENTIALS_FILE: open.sandbox.credentialsFile,
	AWS_ENDPOINT_URL: open.sandbox.endpointUrl,
	S3_REPLICATE_STATE_DIR: path.join(work, 'state'),
};
let failed = 0;

/** Says how one thing went. */
function tell(isOk: boolean, what: string, said = ''): void {
	if (!isOk) failed++;
	console.log(`${isOk ? '✓' : '✗'} ${what}${isOk ? '' : `\n${said}`}`);
}

async function terraform(folder: string, ...args: readonly string[]): Promise<Ran> {
	return new Promise((resolve) => {
		execFile(
			'terraform',
			[...args, '-no-color'],
			{
				cwd: folder,
				env: {PATH: process.env.PATH, HOME: work, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1', ...env},
				maxBuffer: 64 * 1_048_576,
			},
			(error, stdout, stderr) => {
				const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 127;
				resolve({code, said: stdout + stderr});
			},
		);
	});
}

async function exported(name: string, group: string, bucket: string): Promise<Exported> {
	const folder = path.join(work, name);
	const {exitCode, stdout, stderr} = await runHere(
		[
			...['export', '--source-bucket', bucket, '--source-profile', 'source', '--format', 'terraform'],
			...['--destination-profile', 'destination', '--directory', folder],
		],
		{env, home: work},
	);
	tell(exitCode === 0, `${name}: exported`, stdout + stderr);
	return {name, group, folder};
}

/** The files of a golden text, without the providers, whose endpoints are the sandbox's. */
const withoutProviders = (text: string): string => text.slice(text.indexOf('# The replication of'));

async function exportedRows(): Promise<readonly Exported[]> {
	const found: Exported[] = [];
	for (const row of exportRows) {
		const keyArn = await placeRow(open, row);
		const group = row.isCrossAccount ? 'two-accounts' : 'one-account';
		const one = await exported(row.name, group, namesOf(row).source);
		const texts = await Promise.all(
			['main.tf', 'imports.tf'].map(async (file) => readFile(path.join(one.folder, file), 'utf8')),
		);
		const keyId = keyArn?.split('/')[1] ?? '\0';
		const text = texts.join('\n').replaceAll(keyId, replicaKeyArn.split('/')[1] ?? '');
		const wanted = withoutProviders(await readFile(new URL(`${row.name}.tf`, golden), 'utf8'));
		tell(text === wanted, `${row.name}: the golden text`, text);
		found.push(one);
	}

	return found;
}

/** What `apply` itself sets up, the way back included. */
async function exportedRuns(): Promise<readonly Exported[]> {
	const runs = [
		{
			name: 'apply-region',
			group: 'one-account',
			mode: 'cross-region',
			more: ['--destination-profile', 'source'],
		},
		{name: 'apply-account', group: 'two-accounts', mode: 'cross-account', more: ['--prefix', 'logs/']},
		{name: 'apply-two-way', group: 'two-accounts', mode: 'cross-account', more: ['--two-way']},
	] as const;
	const found: Exported[] = [];
	for (const {name, group, mode, more} of runs) {
		const {exitCode, stdout, stderr} = await runHere(
			[
				...['apply', '--yes', '--mode', mode, '--source-profile', 'source', '--role-name', name],
				...(mode === 'cross-account' ? ['--destination-profile', 'destination'] : []),
				...['--source-bucket', `${name}-here`, '--source-region', 'us-east-1'],
				...['--destination-bucket', `${name}-there`, '--destination-region', 'us-west-2', ...more],
			],
			{env, home: work},
		);
		tell(exitCode === 0, `${name}: set up`, stdout + stderr);
		found.push(await exported(name, group, `${name}-here`));
	}

	return found;
}

/** All of a group as one folder: the names of each one's resources get its own before them, and one plan does for all. */
async function merged(group: string, all: readonly Exported[]): Promise<string> {
	const folder = path.join(work, `group-${group}`);
	await mkdir(folder);
	for (const {name, folder: from} of all) {
		for (const file of ['main.tf', 'imports.tf']) {
			const text = await readFile(path.join(from, file), 'utf8');
			const own = text.replaceAll(/\b(aws_[a-z\d_]+)(\.|" ")(?=[a-z])/g, `$1$2${name}_`);
			await writeFile(path.join(folder, `${name}-${file}`), own);
		}

		await writeFile(path.join(folder, 'providers.tf'), await readFile(path.join(from, 'providers.tf')));
	}

	return folder;
}

async function importAll(group: string, folder: string): Promise<void> {
	const plugins = process.env.TERRAFORM_PLUGIN_DIR;
	const init = await terraform(
		folder,
		'init',
		'-input=false',
		...(plugins ? [`-plugin-dir=${plugins}`] : []),
	);
	tell(init.code === 0, `${group}: terraform init`, init.said);
	const format = await terraform(folder, 'fmt', '-check', '-diff', '-recursive', folder);
	tell(format.code === 0, `${group}: terraform fmt`, format.said);
	const applied = await terraform(folder, 'apply', '-auto-approve', '-input=false');
	const counts = /(\d+) imported, 0 added, 0 changed, 0 destroyed/.exec(applied.said);
	tell(applied.code === 0 && counts !== null, `${group}: ${counts?.[0] ?? 'imported'}`, applied.said);
	const plan = await terraform(folder, 'plan', '-detailed-exitcode', '-input=false');
	tell(plan.code === 0, `${group}: terraform plan -detailed-exitcode ${plan.code}`, plan.said);
}

try {
	const version = await terraform(work, 'version');
	if (version.code === 0) {
		const all = [...(await exportedRows()), ...(await exportedRuns())];
		for (const group of ['one-account', 'two-accounts'])
			await importAll(
				group,
				await merged(
					group,
					all.filter((one) => one.group === group),
				),
			);
	} else {
		const isAllowed = process.argv.includes('--allow-missing');
		tell(isAllowed, 'Terraform is missing: nothing was imported (--allow-missing lets it be)', version.said);
	}
} finally {
	await open.close();
	await rm(work, {recursive: true, force: true});
}

console.log(failed === 0 ? 'All is as it should be.' : `${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
