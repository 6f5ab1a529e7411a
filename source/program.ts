import type {CommandName} from './domain/answers/option.js';
import type {Host} from './commands/host/host.js';
import type {ExitCode} from './command-line/exit-code.js';
import type {ArgumentsOf} from './command-line/options.js';

type CommandSpec<Name extends CommandName> = {
	/** What stands behind the command's name, such as `[RUN]`. */
	readonly operand?: {readonly name: string; readonly placeholder: string; readonly emptyFault: string};
	readonly summary: string;
	/** Lines to type, each with what it does. */
	readonly examples: ReadonlyArray<readonly [line: string, what: string]>;
	/** Whether a reader that goes away (`| head`) stops it at once: it writes nothing to AWS. */
	readonly onlyReads?: boolean;
	/** Loads what the command needs, when it is called. */
	readonly load: () => Promise<(host: Host, given: ArgumentsOf<Name>) => Promise<ExitCode>>;
};

/** Every command: a new one is its file in `commands/` and an entry here. */
export const program: {readonly [Name in CommandName]: CommandSpec<Name>} = {
	wizard: {
		summary: 'the wizard (interactive; needs a terminal)',
		examples: [
			['s3-replicate', 'asks for everything'],
			['s3-replicate --sandbox --mode cross-account', 'tries the cross-account tutorial without AWS'],
		],
		load: async () => (await import('./commands/interactive.js')).interactiveCommand,
	},
	plan: {
		summary: 'show what a run would change; changes nothing',
		examples: [
			['s3-replicate plan --sandbox', 'shows the plan of the tutorial'],
			[
				's3-replicate plan --mode cross-region --source-bucket a --destination-bucket b --detailed-exitcode',
				'ends with 2 where something has to change',
			],
		],
		onlyReads: true,
		load: async () => (await import('./commands/plan.js')).planCommand,
	},
	apply: {
		summary: 'do it without questions',
		examples: [
			['s3-replicate apply --sandbox --yes', 'sets up the tutorial in the sandbox and tests it'],
			[
				's3-replicate apply --mode cross-region --source-bucket a --destination-bucket b --files 5',
				'asks once, before it writes',
			],
		],
		load: async () => (await import('./commands/apply.js')).applyCommand,
	},
	watch: {
		summary: 'upload test files to a bucket and follow them',
		examples: [
			['s3-replicate watch --source-bucket my-logs', 'uploads five files and follows them'],
			[
				"s3-replicate watch --source-bucket my-logs --files 20 --until 'p95<60s' --clean-up",
				'as a canary: the condition decides',
			],
		],
		load: async () => (await import('./commands/watch.js')).watchCommand,
	},
	diagnose: {
		summary: 'find why a bucket does not replicate, and mend it',
		examples: [
			['s3-replicate diagnose --source-bucket my-logs --key a.txt', 'tells why this object is not there'],
			['s3-replicate diagnose --source-bucket my-logs --fix', 'shows the mends, and makes them after a yes'],
		],
		load: async () => (await import('./commands/diagnose.js')).diagnoseCommand,
	},
	export: {
		summary: 'write what is set up as files for Terraform or the AWS CLI',
		examples: [
			[
				's3-replicate export --source-bucket my-logs --format terraform',
				'writes my-logs-terraform, with import blocks',
			],
			[
				's3-replicate export --source-bucket my-logs --format aws-cli --directory there',
				'writes a script that makes the same from nothing',
			],
		],
		load: async () => (await import('./commands/export.js')).exportCommand,
	},
	batch: {
		summary: 'copy objects that exist already, or compare both buckets',
		examples: [
			['s3-replicate batch --source-bucket my-logs', 'copies what was never tried, and what failed'],
			['s3-replicate batch --source-bucket my-logs --verify', 'tells what is missing at the destination'],
		],
		load: async () => (await import('./commands/batch.js')).batchCommand,
	},
	undo: {
		operand: {
			name: 'run',
			placeholder: 'RUN',
			emptyFault: 'The run to undo has no name: give one of s3-replicate runs, or none.',
		},
		summary: 'undo a run: restore what it changed, delete what it created',
		examples: [
			['s3-replicate undo', 'takes the latest set-up with something left'],
			['s3-replicate undo 20260101-120000-ab12 --yes', 'takes that run, without a question'],
		],
		load: async () => (await import('./commands/undo.js')).undoCommand,
	},
	runs: {
		summary: 'the runs recorded on this machine',
		examples: [
			['s3-replicate runs', 'lists them, newest first'],
			['s3-replicate runs --json', 'one JSON line a run'],
		],
		onlyReads: true,
		load: async () => (await import('./commands/runs.js')).runsCommand,
	},
	sandbox: {
		summary: 'serve the sandbox to other AWS clients until Ctrl-C',
		examples: [
			['s3-replicate sandbox', 'serves it on any free port'],
			['s3-replicate sandbox --port 9000 --replication-delay 5000', 'copies take five seconds'],
		],
		load: async () => (await import('./commands/sandbox.js')).sandboxCommand,
	},
};

/** The commands that have a name to type. */
export const commandNames = (Object.keys(program) as CommandName[]).filter((name) => name !== 'wizard');
