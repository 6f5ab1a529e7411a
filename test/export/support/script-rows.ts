import type {OpenSandbox} from '../../sandbox/support/open-sandbox.js';
import {runHere} from '../../support/run-here.js';
import {imageOf} from './image-of.js';
import {placeRow} from './place-row.js';
import {exportRows, namesOf} from './rows.js';

type Placed = {readonly bucket: string; readonly image: (open: OpenSandbox) => ReturnType<typeof imageOf>};

type ScriptRow = {
	readonly name: string;
	/** Sets it up; gives the bucket to export. */
	readonly place: (open: OpenSandbox, env: Readonly<Record<string, string>>, home: string) => Promise<Placed>;
};

const applied = (
	name: string,
	mode: 'cross-region' | 'cross-account',
	...more: readonly string[]
): ScriptRow => ({
	name,
	async place(_open, env, home) {
		const [bucket, there] = [`${name}-here`, `${name}-there`];
		const {exitCode, stdout} = await runHere(
			[
				...['apply', '--yes', '--mode', mode, '--source-profile', 'source', '--role-name', name],
				...(mode === 'cross-account' ? ['--destination-profile', 'destination'] : []),
				...['--source-bucket', bucket, '--source-region', 'us-east-1'],
				...['--destination-bucket', there, '--destination-region', 'us-west-2', ...more],
			],
			{env, home},
		);
		if (exitCode !== 0) throw new Error(stdout);
		const who = mode === 'cross-account' ? 'destination' : 'source';
		const buckets = [
			{bucket, who: 'source', region: 'us-east-1'},
			{bucket: there, who, region: 'us-west-2'},
		] as const;
		const back = more.includes('--two-way') ? [{role: `${name}-back`, who} as const] : [];
		return {bucket, image: async (open) => imageOf(open, buckets, [{role: name, who: 'source'}, ...back])};
	},
});

const placed = (name: string): ScriptRow => ({
	name,
	async place(open) {
		const row = exportRows.find((one) => one.name === name)!;
		await placeRow(open, row);
		const {source, destination, role} = namesOf(row);
		const buckets = [
			{bucket: source, who: 'source', region: 'us-east-1'},
			{bucket: destination, who: row.isCrossAccount ? 'destination' : 'source', region: 'us-west-2'},
		] as const;
		return {bucket: source, image: async (one) => imageOf(one, buckets, [{role, who: 'source'}])};
	},
});

/** Set-ups that a script has to make again: those of `apply`, and those of others with what is odd in a shell. */
export const scriptRows: readonly ScriptRow[] = [
	applied('apply-region', 'cross-region'),
	applied(
		'apply-account',
		'cross-account',
		'--prefix',
		'logs/',
		'--owner-override',
		'--replication-time-control',
	),
	applied('apply-two-way', 'cross-account', '--two-way'),
	placed('odd-texts'),
	placed('several'),
	placed('schema-1'),
];
