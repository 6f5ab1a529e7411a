/** The commands; `wizard` is what happens without one. */
export const commandNames = ['plan', 'apply', 'watch', 'undo', 'runs', 'sandbox'] as const;
export type CommandName = (typeof commandNames)[number] | 'wizard';

export type Flag = {
	readonly name: string;
	/** What stands behind it, such as `URL`; without one it is a switch. */
	readonly value?: string;
	/** What may stand there. */
	readonly type: 'switch' | 'text' | 'count' | 'mode';
	/** The smallest number that says something. */
	readonly least?: number;
	/** The largest. */
	readonly most?: number;
	/** Whether an empty text says something. */
	readonly canBeEmpty?: boolean;
	readonly commands: readonly CommandName[];
	/** The commands in which it may be given several times; its value is a list there. */
	readonly severalIn?: readonly CommandName[];
	/** The group it is shown under. */
	readonly group: 'answers' | 'run' | 'watch' | 'sandbox' | 'general';
	readonly description: string;
};

const asking: readonly CommandName[] = ['wizard', 'plan', 'apply'];
const running: readonly CommandName[] = ['wizard', 'plan', 'apply', 'watch'];
const calling: readonly CommandName[] = [...running, 'undo'];
const all: readonly CommandName[] = ['wizard', 'plan', 'apply', 'watch', 'undo', 'runs', 'sandbox'];

/** Timers of Node hold no more than 24.8 days: longer ones would end at once. */
const longestSeconds = 2_000_000;
const longestMs = 86_400_000;

/** Every option. This table feeds the parser, the help and the README. */
export const flags: readonly Flag[] = [
	{
		name: 'mode',
		value: 'cross-region|cross-account',
		type: 'mode',
		commands: asking,
		group: 'answers',
		description: 'one account and two regions, or two accounts',
	},
	{
		name: 'source-profile',
		value: 'NAME',
		type: 'text',
		commands: calling,
		group: 'answers',
		description: 'profile that may change the source bucket',
	},
	{
		name: 'destination-profile',
		value: 'NAME',
		type: 'text',
		commands: calling,
		severalIn: ['watch'],
		group: 'answers',
		description: 'profile that may change the destination bucket; in watch one for each account',
	},
	{
		name: 'source-region',
		value: 'REGION',
		type: 'text',
		commands: running,
		group: 'answers',
		description: 'region of the source bucket',
	},
	{
		name: 'destination-region',
		value: 'REGION',
		type: 'text',
		commands: asking,
		group: 'answers',
		description: 'region of the destination bucket',
	},
	{
		name: 'source-bucket',
		value: 'NAME',
		type: 'text',
		commands: running,
		group: 'answers',
		description: 'bucket to replicate; created where it is missing',
	},
	{
		name: 'destination-bucket',
		value: 'NAME',
		type: 'text',
		commands: asking,
		group: 'answers',
		description: 'bucket for the replicas; created where it is missing',
	},
	{
		name: 'role-name',
		value: 'NAME',
		type: 'text',
		commands: asking,
		group: 'answers',
		description: 'role that S3 assumes',
	},
	{
		name: 'role-path',
		value: 'PATH',
		type: 'text',
		commands: asking,
		group: 'answers',
		description: 'path of a role that is created, such as /service-role/ (/)',
	},
	{
		name: 'permissions-boundary',
		value: 'ARN',
		type: 'text',
		commands: asking,
		group: 'answers',
		description: 'managed policy that bounds a role that is created',
	},
	{
		name: 'keep-role',
		type: 'switch',
		commands: asking,
		group: 'answers',
		description: 'the role exists and may only be used; what it lacks is told',
	},
	{
		name: 'rule-id',
		value: 'ID',
		type: 'text',
		commands: asking,
		group: 'answers',
		description: 'name of the replication rule',
	},
	{
		name: 'sandbox',
		type: 'switch',
		commands: asking,
		group: 'run',
		description: 'run on an embedded sandbox, gone afterwards; everything has a default',
	},
	{
		name: 'endpoint-url',
		value: 'URL',
		type: 'text',
		commands: calling,
		group: 'run',
		description: 'every AWS call goes there; AWS_ENDPOINT_URL[_S3|_IAM|_STS] work too',
	},
	{
		name: 'yes',
		type: 'switch',
		commands: ['apply', 'undo'],
		group: 'run',
		description: 'write without asking',
	},
	{
		name: 'json',
		type: 'switch',
		commands: all,
		group: 'run',
		description: 'JSON lines on standard output and nothing else there',
	},
	{
		name: 'files',
		value: 'N',
		type: 'count',
		commands: ['wizard', 'apply', 'watch'],
		group: 'run',
		description: 'test files (5; apply on AWS: 0)',
	},
	{
		name: 'file-size',
		value: 'BYTES',
		type: 'count',
		commands: ['wizard', 'apply', 'watch'],
		group: 'run',
		description: 'size of a test file (1024)',
	},
	{
		name: 'timeout',
		value: 'SECONDS',
		type: 'count',
		most: longestSeconds,
		least: 1,
		commands: ['wizard', 'apply', 'watch'],
		group: 'run',
		description: 'how long to wait for the test files (900; sandbox 60)',
	},
	{
		name: 'rate',
		value: 'N',
		type: 'count',
		least: 1,
		commands: ['watch'],
		group: 'watch',
		description: 'uploads per second (as quickly as they go)',
	},
	{
		name: 'duration',
		value: 'SECONDS',
		type: 'count',
		most: longestSeconds,
		least: 1,
		commands: ['watch'],
		group: 'watch',
		description: 'upload for so long, one file a second without --rate',
	},
	{
		name: 'follow',
		value: 'PREFIX',
		type: 'text',
		commands: ['watch'],
		group: 'watch',
		canBeEmpty: true,
		description: "upload nothing; follow what others write below the prefix ('': all)",
	},
	{
		name: 'until',
		value: 'CONDITION',
		type: 'text',
		commands: ['watch'],
		group: 'watch',
		description: "such as 'p95<30s'; alone decides between exit 0 and 1",
	},
	{
		name: 'clean-up',
		type: 'switch',
		commands: ['watch'],
		group: 'watch',
		description: 'remove the versions this run uploaded and their replicas afterwards',
	},
	{
		name: 'report-file',
		value: 'FILE',
		type: 'text',
		commands: ['watch'],
		group: 'watch',
		description: 'write the report to FILE.md, .json and .csv when the watch ends, and with m',
	},
	{
		name: 'detailed-exitcode',
		type: 'switch',
		commands: ['plan'],
		group: 'run',
		description: 'exit with 0 nothing to change, 2 changes, 1 error',
	},
	{
		name: 'port',
		value: 'N',
		type: 'count',
		most: 65_535,
		commands: ['sandbox'],
		group: 'sandbox',
		description: 'port to serve on, at 127.0.0.1 only (0: any free one)',
	},
	{
		name: 'directory',
		value: 'DIR',
		type: 'text',
		commands: ['sandbox'],
		group: 'sandbox',
		description: 'where config and credentials are written (a new private folder)',
	},
	{
		name: 'latency',
		value: 'MS',
		type: 'count',
		most: longestMs,
		commands: ['sandbox'],
		group: 'sandbox',
		description: 'added to every request (0)',
	},
	{
		name: 'replication-delay',
		value: 'MS',
		type: 'count',
		most: longestMs,
		commands: ['sandbox'],
		group: 'sandbox',
		description: 'median time to replicate (1500)',
	},
	{
		name: 'propagation-delay',
		value: 'MS',
		type: 'count',
		most: longestMs,
		commands: ['sandbox'],
		group: 'sandbox',
		description: 'how long changes of IAM, bucket policies and versioning take to be seen (0)',
	},
	{
		name: 'faults',
		value: 'FILE',
		type: 'text',
		commands: ['sandbox'],
		group: 'sandbox',
		description: 'JSON list of what goes wrong on purpose, such as [{"nth": 2, "fault": "SlowDown"}]',
	},
	{
		name: 'seed',
		value: 'N',
		type: 'count',
		commands: ['sandbox'],
		group: 'sandbox',
		description: 'same seed, same delays (1)',
	},
	{
		name: 'no-color',
		type: 'switch',
		commands: all,
		group: 'general',
		description: 'no colours; NO_COLOR and FORCE_COLOR work too',
	},
	{
		name: 'accessible',
		type: 'switch',
		commands: ['wizard', 'plan', 'apply', 'watch', 'undo'],
		group: 'general',
		description: 'lines for a screen reader, nothing drawn over; ACCESSIBLE=1 works too',
	},
	{name: 'help', type: 'switch', commands: all, group: 'general', description: 'show this'},
	{name: 'version', type: 'switch', commands: all, group: 'general', description: 'show the version'},
];

/** What was typed, as values; counts are whole numbers, what may be given several times is a list. */
export type FlagValues = {readonly [name: string]: string | number | boolean | readonly string[] | undefined};
