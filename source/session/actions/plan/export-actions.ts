import {type Answers, defaultChain} from '../../../domain/answers/answers.js';
import {type ExportFormat, formatNames} from '../../../domain/answers/export-format.js';
import {exportFormats} from '../../../domain/export/formats.js';
import {type Problem, problemFrom} from '../../../domain/problem.js';
import {readSetUp} from '../../../engine/export/read-set-up.js';
import type {RunContext} from '../core/run-context.js';

/** What is exported, as what, and where to. */
export type ExportRequest = {
	readonly sourceBucket: string;
	readonly answers: Pick<Answers, 'sourceProfile' | 'sourceRegion'>;
	readonly destinationProfiles: readonly string[];
	readonly format: ExportFormat;
	/** By default a folder named after the bucket, where the program was started. */
	readonly directory?: string;
};

export type ExportActions = {
	/** Writes what is set up on a bucket, ours or not, as files; gives their paths. Changes nothing in AWS. Throws what stands in the way. */
	readonly exportSetUp: (request: ExportRequest) => Promise<readonly string[]>;
	/** The same of what the plan is about, or was diagnosed, in every format, into folders named after the bucket. Gives the folders, or the problem. */
	readonly exportShown: () => Promise<
		{readonly ok: true; readonly folders: readonly string[]} | {readonly ok: false; readonly problem: Problem}
	>;
};

const folderFor = (bucket: string, format: ExportFormat): string => `${bucket}-${format}`;

export function createExportActions({core, signal, connection}: RunContext): ExportActions {
	const actions: ExportActions = {
		async exportSetUp({sourceBucket, answers, destinationProfiles, format, directory}) {
			const {exports} = core.options.services;
			if (!exports) throw new Error('There is nowhere to write files to.');
			const {sourceProfile = defaultChain, sourceRegion: region} = answers;
			const source = await connection(sourceProfile);
			const others = await Promise.all(destinationProfiles.map(connection));
			const setUp = await readSetUp(sourceBucket, source, others, {region, signal});
			const {filesOf, leftOutOf, nextStep} = exportFormats[format];
			const folder = directory ?? folderFor(sourceBucket, format);
			const files = await exports.save(folder, filesOf(setUp));
			core.emit({
				type: 'export-written',
				format,
				files,
				leftOut: leftOutOf(setUp),
				nextStep: nextStep(folder),
			});
			return files;
		},
		async exportShown() {
			const {plan, diagnosed} = core.getState().run;
			const shown = plan
				? {...plan.source, destinationProfiles: [plan.destination.profile]}
				: diagnosed && {...diagnosed, region: undefined};
			if (!shown) throw new Error('There is nothing to export.');
			const {bucket: sourceBucket, profile: sourceProfile, region: sourceRegion, destinationProfiles} = shown;
			const shared = {
				...{sourceBucket, destinationProfiles},
				answers: {sourceProfile, ...(sourceRegion === undefined ? {} : {sourceRegion})},
			};
			try {
				for (const format of formatNames) await actions.exportSetUp({...shared, format});
				return {ok: true, folders: formatNames.map((format) => folderFor(sourceBucket, format))};
			} catch (error) {
				return {ok: false, problem: problemFrom(error)};
			}
		},
	};
	return actions;
}
