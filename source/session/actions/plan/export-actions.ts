import {type ExportFormat, formatNames} from '../../../domain/answers/export-format.js';
import {exportFormats} from '../../../domain/export/formats.js';
import {type Problem, problemFrom} from '../../../domain/problem.js';
import {readSetUp} from '../../../engine/export/read-set-up.js';
import type {RunContext, SourceRequest} from '../core/run-context.js';

/** What is exported, as what, and where to. */
export type ExportRequest = SourceRequest & {
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

export function createExportActions({core, signal, connectionsFor}: RunContext): ExportActions {
	const actions: ExportActions = {
		async exportSetUp({format, directory, ...request}) {
			const {exports} = core.options.services;
			if (!exports) throw new Error('There is nowhere to write files to.');
			const {sourceBucket, answers} = request;
			const {source, others} = await connectionsFor(request);
			const region = answers.sourceRegion;
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
				answers: {sourceProfile, sourceRegion},
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
