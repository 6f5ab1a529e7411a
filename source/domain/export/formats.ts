import {quoted} from '../text/shell-word.js';
import type {ExportFormat} from '../answers/export-format.js';
import {awsCliFiles} from './aws-cli.js';
import type {ExportedFile, SetUp} from './set-up.js';
import {leftOutOf, terraformFiles} from './terraform.js';

type Format = {
	readonly filesOf: (setUp: SetUp) => readonly ExportedFile[];
	/** What the set-up has and the files have not: a sentence each. */
	readonly leftOutOf: (setUp: SetUp) => readonly string[];
	/** The command that goes on with the files of a folder. */
	readonly nextStep: (folder: string) => string;
};

/** Every format that a set-up is exported in. */
export const exportFormats: Readonly<Record<ExportFormat, Format>> = {
	terraform: {
		filesOf: terraformFiles,
		leftOutOf,
		nextStep: (folder) => `cd ${quoted(folder)} && terraform init && terraform plan`,
	},
	'aws-cli': {
		filesOf: awsCliFiles,
		leftOutOf: ({leftOut}) => leftOut,
		nextStep: (folder) => `bash ${quoted(`${folder}/replication.sh`)}`,
	},
};
