import {GetBucketReplicationCommand} from '@aws-sdk/client-s3';
import {expect, it} from 'vitest';
import type {Mode} from '../../source/domain/answers/mode.js';
import {tutorialNames} from '../../source/domain/answers/tutorial.js';
import type {OpenSandbox} from '../sandbox/support/open-sandbox.js';
import type {ProgramResult} from '../support/program.js';
import {recordedWorld} from '../support/recorded-world.js';
import {sampled} from '../support/sampled.js';
import {tutorialArgs} from '../support/tutorial-args.js';
import {documentsOfBoth} from './support/documents.js';
import {
	deleteTaken,
	expectEncryptedBack,
	expectFates,
	expectLock,
	expectMarkerBack,
	expectOwner,
	expectOwnerBack,
	expectTheirs,
	expectWayBack,
	isMeasured,
} from './support/option-files.js';
import {type Beside, type Laid, layGround} from './support/option-ground.js';
import {all, refusals, type Row, rows, rowsAcrossAccounts, rowsInOneAccount} from './support/option-rows.js';

const modes = ['cross-region', 'cross-account'] as const;
const besides = ['nothing', 'V2', 'V1'] as const;

type Place = {readonly mode: Mode; readonly beside: Beside};

const placesOf = (mode: Mode): readonly Place[] => besides.map((beside) => ({mode, beside}));
const titleOf = ({option, ground}: Pick<Row, 'option' | 'ground'>) =>
	[...option, ground].filter((word) => word !== undefined && word !== 'bare').join(' ');

const cells = [
	...modes.flatMap((mode) => rows.map((row) => ({row, mode}))),
	...rowsAcrossAccounts.map((row) => ({row, mode: 'cross-account' as const})),
	...rowsInOneAccount.map((row) => ({row, mode: 'cross-region' as const})),
].flatMap(({row, mode}) => placesOf(mode).map((place) => ({title: titleOf(row), ...place, row})));

const refused = refusals.flatMap((row) =>
	modes
		.filter((mode) => row.codes[mode] !== undefined)
		.flatMap((mode) =>
			placesOf(mode).map((place) => ({title: titleOf(row), ...place, row, code: row.codes[mode]})),
		),
);

const argsOf = (option: readonly string[], {keyArn, roleArn}: Laid): readonly string[] =>
	option.map((word) => word.replace(/^KEY$/, keyArn).replace(/^ROLE$/, roleArn));

const rulesOf = async (one: OpenSandbox, Bucket: string) =>
	(await one.source.send(new GetBucketReplicationCommand({Bucket}))).ReplicationConfiguration?.Rules ?? [];

const changesOf = (planned: ProgramResult) =>
	(
		planned.events().find(({type}) => type === 'plan-made') as unknown as {
			readonly operations: ReadonlyArray<{readonly change: string}>;
		}
	).operations.map(({change}) => change);

it.each(sampled('refused options', refused))(
	'$title in $mode beside $beside is refused: $code',
	async ({mode, beside, row, code}) => {
		const world = await recordedWorld();
		const laid = await layGround(world.one, {mode, beside, ground: row.ground});
		const before = await documentsOfBoth(world.one, mode);
		const {exitCode, stdout} = await world.apply(mode, '--files', '0', ...argsOf(row.option, laid));

		expect(exitCode).not.toBe(0);
		expect(stdout).toContain(`"code":"${code}"`);
		expect(await documentsOfBoth(world.one, mode)).toEqual(before);
	},
);

// A cell is four runs of the program; `npm run test:all` tries all.
it.each(sampled('options', cells, 0.5))(
	'$title in $mode beside $beside: every file has its fate, a second run keeps all, undo is exact',
	async ({mode, beside, row}) => {
		const world = await recordedWorld();
		const {one} = world;
		const sent = {one, mode};
		const {sourceBucket, destinationBucket} = tutorialNames(mode);
		const laid = await layGround(one, {mode, beside, ground: row.ground});
		const option = argsOf(row.option, laid);
		const before = await documentsOfBoth(one, mode);

		const applied = await world.apply(mode, '--files', '2', ...option);
		expect(applied.events().at(-1), applied.stdout).toMatchObject({
			outcome: 'succeeded',
			objects: {failed: 0, pending: 0},
		});
		const rule = (await rulesOf(one, sourceBucket)).find(
			({Destination}) => Destination?.Bucket === `arn:aws:s3:::${destinationBucket}`,
		);
		expect(rule).toMatchObject(row.rule ?? {});

		await expectFates(sent, row, laid);
		const markerFate = await deleteTaken(sent);
		await Promise.all(row.owner ? [expectOwner(sent, row.owner)] : []);
		await Promise.all(row.isTwoWay ? [expectWayBack(sent)] : []);
		await Promise.all(row.ownerBack ? [expectOwnerBack(sent, row.ownerBack)] : []);
		await Promise.all(row.hasMarkersBack ? [expectMarkerBack(sent)] : []);
		await Promise.all(row.isEncryptedBack ? [expectEncryptedBack(sent, laid)] : []);
		await Promise.all(row.isLocked ? [expectLock(sent, row.ground === 'locked')] : []);
		await Promise.all(beside === 'nothing' ? [] : [expectTheirs(sent, beside)]);
		expect(await isMeasured(sent, rule?.ID ?? '')).toBe(row.isMeasured ?? false);

		const again = await world.run('plan', ...tutorialArgs(mode), ...option);
		expect(new Set(changesOf(again))).toEqual(new Set(['keep']));
		await expect.poll(markerFate, {timeout: 20_000}).toBe({...all, ...row.fates}.marker);
		const undone = await world.run('undo', '--yes');
		expect(undone.events().at(-1)).toMatchObject({outcome: 'succeeded', problem: null});
		expect(await documentsOfBoth(one, mode)).toEqual(before);
	},
);
