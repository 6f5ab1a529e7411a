import {Option as CommanderOption} from 'commander';
import {formatNames} from '../domain/answers/export-format.js';
import {answerTable} from '../domain/answers/answer-table.js';
import {limits} from '../domain/limits.js';
import type {CommandName, Option, OptionValue} from '../domain/answers/option.js';

/** Timers of Node hold no more than 24.8 days: longer ones would end at once. */
const longestSeconds = 2_000_000;
const longestMs = 86_400_000;

/** Those that call AWS. */
const calling = ['wizard', 'plan', 'apply', 'watch', 'diagnose', 'export', 'batch', 'undo'] as const;
const everywhere = [...calling, 'runs', 'sandbox'] as const;

/** Which commands take an option, and under which head help shows it. */
const ofUndo = {commands: ['undo'], group: 'run'} as const;
const ofWatch = {commands: ['watch'], group: 'watch'} as const;
const ofReasons = {commands: ['watch', 'diagnose'], group: 'watch'} as const;
const ofDiagnose = {commands: ['diagnose'], group: 'diagnose'} as const;
const ofExport = {commands: ['export'], group: 'export'} as const;
const ofBatch = {commands: ['batch'], group: 'batch'} as const;
const ofSandbox = {commands: ['sandbox'], group: 'sandbox'} as const;
/** Those of the embedded sandbox, too. */
const ofEmbedded = {commands: ['wizard', 'apply', 'sandbox'], group: 'sandbox'} as const;

/** What an option takes. */
const file = {placeholder: 'FILE', kind: 'text'} as const;
const number = {placeholder: 'N', kind: 'count'} as const;
const seconds = {placeholder: 'SECONDS', kind: 'count', max: longestSeconds} as const;
const milliseconds = {placeholder: 'MS', kind: 'count', max: longestMs} as const;

/** What a run is told besides the answers to the wizard's questions. */
const runOptions = {
	sandbox: {
		flag: 'sandbox',
		kind: 'switch',
		commands: ['wizard', 'plan', 'apply'],
		group: 'run',
		description: 'run on an embedded sandbox, gone afterwards; everything has a default',
	},
	endpointUrl: {
		flag: 'endpoint-url',
		placeholder: 'URL',
		kind: 'text',
		commands: calling,
		group: 'run',
		description: 'every AWS call goes there; AWS_ENDPOINT_URL[_S3|_IAM|_STS|…] work too',
	},
	yes: {
		flag: 'yes',
		kind: 'switch',
		commands: ['apply', 'watch', 'diagnose', 'batch', 'undo'],
		group: 'run',
		description: 'write without asking',
	},
	all: {
		flag: 'all',
		kind: 'switch',
		...ofUndo,
		description: 'undo every run at this endpoint, newest first',
	},
	forget: {
		flag: 'forget',
		kind: 'switch',
		...ofUndo,
		description: 'close RUN without undoing it; its file is kept',
	},
	json: {
		flag: 'json',
		kind: 'switch',
		commands: everywhere,
		group: 'run',
		description: 'JSON lines on standard output and nothing else there',
	},
	timeout: {
		flag: 'timeout',
		...seconds,
		min: 1,
		commands: ['wizard', 'apply', 'watch', 'diagnose'],
		group: 'run',
		description: `how long to wait for the test files (${limits.testFilesSeconds.aws}; sandbox ${limits.testFilesSeconds.sandbox})`,
	},
	planFile: {
		flag: 'plan-file',
		...file,
		commands: ['plan', 'apply'],
		group: 'run',
		description: 'plan writes FILE; apply does exactly what it says, or stops',
	},
	receipt: {
		flag: 'receipt',
		...file,
		commands: ['apply', 'diagnose', 'export'],
		group: 'run',
		description: 'export --for writes FILE; diagnose checks it in the other account; apply goes on',
	},
	detailedExitcode: {
		flag: 'detailed-exitcode',
		kind: 'switch',
		commands: ['plan'],
		group: 'run',
		description: 'exit with 0 nothing to change, 2 changes, 1 error',
	},
	rate: {
		flag: 'rate',
		...number,
		min: 1,
		...ofWatch,
		description: 'uploads per second (as quickly as they go)',
	},
	duration: {
		flag: 'duration',
		...seconds,
		min: 1,
		...ofWatch,
		description: 'upload for so long, one file a second without --rate',
	},
	follow: {
		flag: 'follow',
		placeholder: 'PREFIX',
		kind: 'text',
		canBeEmpty: true,
		...ofWatch,
		description: "upload nothing; follow what others write below the prefix ('': all)",
	},
	until: {
		flag: 'until',
		placeholder: 'CONDITION',
		kind: 'text',
		...ofWatch,
		description: "such as 'p95<30s'; alone decides between exit 0 and 1",
	},
	cleanUp: {
		flag: 'clean-up',
		kind: 'switch',
		...ofWatch,
		description: 'remove the versions this run uploaded and their replicas afterwards',
	},
	reasons: {
		flag: 'reasons',
		kind: 'switch',
		...ofReasons,
		description: "have S3's events tell why files fail; shown first, taken down at the end",
	},
	keepReasons: {
		flag: 'keep-reasons',
		kind: 'switch',
		...ofReasons,
		description: 'leave what --reasons sets up; undo takes it down',
	},
	reasonsWait: {
		flag: 'reasons-wait',
		...seconds,
		...ofReasons,
		description: `how long to send nothing after metrics go on (${limits.eventsAfterMetricsMs / 1000})`,
	},
	reportFile: {
		flag: 'report-file',
		...file,
		...ofWatch,
		description: 'write FILE.md, .json and .csv when the watch ends, and with m',
	},
	key: {
		flag: 'key',
		placeholder: 'KEY',
		kind: 'text',
		...ofDiagnose,
		description: "tell one object's story: which rule takes it, its status, the cause",
	},
	versionId: {
		flag: 'version-id',
		placeholder: 'ID',
		kind: 'text',
		...ofDiagnose,
		description: 'the version of --key (the latest)',
	},
	probe: {
		flag: 'probe',
		kind: 'switch',
		...ofDiagnose,
		description: 'send one small file a rule and follow it; asks first',
	},
	fix: {
		flag: 'fix',
		kind: 'switch',
		...ofDiagnose,
		description: 'show the mend as a plan, apply it after a yes, test it',
	},
	format: {
		flag: 'format',
		placeholder: 'terraform|aws-cli',
		kind: 'choice',
		choices: formatNames,
		...ofExport,
		description: 'files for Terraform with import blocks, or a script for the AWS CLI',
	},
	handsOverTo: {
		flag: 'for',
		placeholder: 'destination',
		kind: 'choice',
		choices: ['destination'],
		...ofExport,
		description: 'write what the destination’s owner must do; you have no profile of it',
	},
	destinationAccount: {
		flag: 'destination-account',
		placeholder: 'ID',
		kind: 'text',
		...ofExport,
		description: 'with --for: the account of the destination bucket',
	},
	jobStatus: {
		flag: 'status',
		placeholder: 'LIST',
		kind: 'text',
		...ofBatch,
		description: 'which objects, by replication status: none,failed,completed,replica (none,failed)',
	},
	jobPrefix: {
		flag: 'prefix',
		placeholder: 'PREFIX',
		kind: 'text',
		...ofBatch,
		description: 'only keys that begin so',
	},
	jobStorageClass: {
		flag: 'storage-class',
		placeholder: 'CLASS',
		kind: 'choice',
		choices: answerTable.storageClass.choices,
		severalIn: ['batch'],
		...ofBatch,
		description: 'only objects of this storage class at the source; several: of any of them',
	},
	createdAfter: {
		flag: 'created-after',
		placeholder: 'TIME',
		kind: 'text',
		...ofBatch,
		description: 'only objects written after it: 2026-11-28 or 2026-11-28T12:00:00Z',
	},
	createdBefore: {
		flag: 'created-before',
		placeholder: 'TIME',
		kind: 'text',
		...ofBatch,
		description: 'only objects written before it',
	},
	manifest: {
		flag: 'manifest',
		...file,
		...ofBatch,
		description: 'a list of your own: CSV of bucket,key,version, keys URL-encoded',
	},
	job: {
		flag: 'job',
		placeholder: 'ID',
		kind: 'text',
		...ofBatch,
		description: 'follow a job that exists, from this machine or another',
	},
	reportBucket: {
		flag: 'report-bucket',
		placeholder: 'NAME',
		kind: 'text',
		...ofBatch,
		description: 'where manifest and reports go, in the region of the source (one is created)',
	},
	jobRole: {
		flag: 'role-arn',
		placeholder: 'ARN',
		kind: 'text',
		...ofBatch,
		description: 'role of the job (one is created)',
	},
	jobReportFile: {
		flag: 'report-file',
		...file,
		...ofBatch,
		description: 'keep a line for each object that failed: FILE.csv',
	},
	poll: {
		flag: 'poll',
		...seconds,
		min: 1,
		...ofBatch,
		description: `how often the job is asked for (${limits.jobPollSeconds.aws}; ${limits.jobPollSeconds.elsewhere} elsewhere than AWS)`,
	},
	verify: {
		flag: 'verify',
		kind: 'switch',
		...ofBatch,
		description: 'make no job: compare both buckets by their listings',
	},
	maxObjects: {
		flag: 'max-objects',
		...number,
		min: 1,
		...ofBatch,
		description: `compare so many at most; beyond, tell how S3 Inventory does it (${limits.comparedObjects})`,
	},
	verifyAfter: {
		flag: 'verify-after',
		kind: 'switch',
		...ofBatch,
		description: 'compare source and destination once the job is complete',
	},
	lag: {
		flag: 'lag',
		...seconds,
		...ofBatch,
		description: `what is younger may be on its way: --verify does not miss it (${limits.replicationLagMs / 1000})`,
	},
	port: {
		flag: 'port',
		...number,
		max: 65_535,
		...ofSandbox,
		description: 'port to serve on, at 127.0.0.1 only (0: any free one)',
	},
	directory: {
		flag: 'directory',
		placeholder: 'DIR',
		kind: 'text',
		commands: ['export', 'sandbox'],
		group: 'run',
		description: 'where files are written (export: named after the bucket; sandbox: private)',
	},
	partition: {
		flag: 'partition',
		placeholder: 'NAME',
		kind: 'choice',
		choices: ['aws', 'aws-cn', 'aws-us-gov', 'aws-eusc'],
		...ofSandbox,
		description: 'partition whose ARNs and regions it has (aws)',
	},
	latency: {
		flag: 'latency',
		...milliseconds,
		...ofEmbedded,
		description: 'added to every request (0)',
	},
	replicationDelay: {
		flag: 'replication-delay',
		...milliseconds,
		...ofEmbedded,
		description: 'median time to replicate (1500)',
	},
	propagationDelay: {
		flag: 'propagation-delay',
		...milliseconds,
		...ofEmbedded,
		description: 'how long changes of IAM, bucket policies and versioning take to be seen (0)',
	},
	batchRate: {
		flag: 'batch-rate',
		...number,
		min: 1,
		...ofSandbox,
		description: 'objects a second that a job of Batch Replication copies (250)',
	},
	batchColumns: {
		flag: 'batch-columns',
		placeholder: 'ORDER',
		kind: 'choice',
		choices: ['as-sample', 'as-schema'],
		...ofSandbox,
		description: "order of a report's columns, in which AWS's sample and schema differ (as-sample)",
	},
	faults: {
		flag: 'faults',
		...file,
		...ofEmbedded,
		description: 'JSON list of what goes wrong on purpose, such as [{"nth": 2, "fault": "SlowDown"}]',
	},
	seed: {
		flag: 'seed',
		...number,
		...ofEmbedded,
		description: 'same seed, same delays (1)',
	},
	debug: {
		flag: 'debug',
		...file,
		commands: calling,
		group: 'general',
		description: 'append each request and its answer to FILE as JSON lines; no secrets',
	},
	noColor: {
		flag: 'no-color',
		kind: 'switch',
		commands: everywhere,
		group: 'general',
		description: 'no colours; NO_COLOR and FORCE_COLOR work too',
	},
	accessible: {
		flag: 'accessible',
		kind: 'switch',
		commands: calling,
		group: 'general',
		description: 'lines for a screen reader, nothing drawn over; ACCESSIBLE=1 works too',
	},
} as const satisfies Readonly<Record<string, Option>>;

/** Every option, by the name that its value has in the arguments. This table feeds the parser, the help and the README. */
export const optionTable = {...answerTable, ...runOptions};

type Table = typeof optionTable;

/** A value as a command gets it: a list where the option may be given several times. */
type ValueIn<Command extends CommandName, One extends Option> = One extends {
	readonly severalIn: ReadonlyArray<infer Several>;
}
	? Command extends Several
		? ReadonlyArray<OptionValue<One>>
		: OptionValue<One>
	: OptionValue<One>;

/** What was typed behind a command: only what the command takes; what was not said is absent. */
export type ArgumentsOf<Command extends CommandName> = {
	readonly [Name in keyof Table as Command extends Table[Name]['commands'][number] ? Name : never]?: ValueIn<
		Command,
		Table[Name]
	>;
} & (Command extends 'undo' ? {readonly run?: string} : unknown);

/** The options that a command takes, as rows of name and option. */
export function optionsOf(command: CommandName): ReadonlyArray<readonly [string, Option]> {
	return Object.entries<Option>(optionTable).filter(([, {commands}]) => commands.includes(command));
}

/** An option as commander reads it and shows it. */
export function commanderOption({flag, placeholder, description}: Option): CommanderOption {
	return new CommanderOption(
		placeholder === undefined ? `--${flag}` : `--${flag} <${placeholder}>`,
		description,
	);
}
