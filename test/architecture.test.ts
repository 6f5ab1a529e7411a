import {mkdtemp, mkdir, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {type IForbiddenRuleType, type ICruiseResult} from 'dependency-cruiser';
import {beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import {cruiseSources, staticClosure} from './support/cruise-sources.js';
import {sdkValueNames} from './support/sdk-names.js';

const root = path.resolve(import.meta.dirname, '..');

type Folder = {readonly mayImport: readonly string[]; readonly because: string};
type Rooms = Readonly<Record<string, Folder>>;

/** Who may import whom, bottom first; each folder may import itself. A path that ends in `.ts` opens that file only. */
const folders: Readonly<Record<string, Folder>> = {
	policy: {
		mayImport: [],
		because: 'the language of policies is judged by AWS alone: the sandbox and the plan both lean on it',
	},
	sandbox: {mayImport: ['policy'], because: 'what the sandbox tests must not be what it is made of'},
	domain: {mayImport: ['policy'], because: 'values and rules stay pure: no effects, no SDK, no screens'},
	'command-line': {
		mayImport: ['domain'],
		because: 'what a command is told and what the shell is told is the same whichever command runs',
	},
	aws: {
		mayImport: ['domain', 'policy'],
		because: 'ports are thin: what is done with them is the business of the engine',
	},
	engine: {
		mayImport: ['domain', 'policy', 'aws/ports.ts'],
		because: 'effects see ports, so that the SDK can change without them',
	},
	session: {mayImport: ['engine', 'domain'], because: 'state is the same on a screen and in lines'},
	ui: {mayImport: ['session', 'domain'], because: 'a screen is a view of the session and does nothing else'},
	headless: {
		mayImport: ['session', 'domain'],
		because: 'lines are a view of the session and do nothing else',
	},
	commands: {
		mayImport: [
			'policy',
			'sandbox/start-sandbox.ts',
			'domain',
			'aws',
			'engine',
			'session',
			'ui',
			'headless',
			'command-line',
		],
		because: 'a command puts the parts together, and the sandbox has one door',
	},
};

/** Who may import whom inside `sandbox/`, bottom first. What lies flat there starts it all: no room may import it. */
const sandboxRooms: Rooms = {
	files: {mayImport: [], because: 'the disk knows nothing of AWS'},
	wire: {mayImport: [], because: 'how AWS writes requests and answers is the same whatever they are about'},
	world: {mayImport: ['files'], because: 'what there is does not know who asks for it, or how'},
	faults: {mayImport: ['wire', 'world'], because: 'what goes wrong on purpose does not know what is done'},
	http: {
		mayImport: ['wire', 'world', 'faults'],
		because: 'a request is received and its signature checked before a service hears of it',
	},
	mfa: {mayImport: ['world'], because: 'a code is right or wrong whoever asks for it'},
	access: {mayImport: ['world', 'mfa'], because: 'one place decides for every service who may do what'},
	iam: {
		mayImport: ['wire', 'world', 'faults', 'http', 'mfa', 'access'],
		because: 'IAM knows nothing of those who lean on it',
	},
	sts: {
		mayImport: ['wire', 'world', 'faults', 'http', 'mfa', 'access', 'iam'],
		because: 'STS speaks the protocol of IAM and opens sessions of its users and roles',
	},
	kms: {
		mayImport: ['wire', 'world', 'faults', 'http', 'access'],
		because: 'KMS decides about its keys whoever uses them',
	},
	sqs: {
		mayImport: ['wire', 'world', 'faults', 'http', 'access'],
		because: 'SQS keeps messages whoever sends them',
	},
	cloudwatch: {
		mayImport: ['wire', 'world', 'faults', 'http', 'access'],
		because: 'CloudWatch shows what was measured, whoever measured it',
	},
	notifications: {
		mayImport: ['world', 'access', 'sqs'],
		because: 'an event goes to the queues of a bucket whoever has it happen',
	},
	s3: {
		mayImport: ['wire', 'world', 'faults', 'http', 'access', 'kms', 'notifications'],
		because: 'S3 answers without knowing who copies afterwards',
	},
	replication: {
		mayImport: ['world', 'faults', 'access', 'kms', 'notifications', 's3'],
		because: 'copies are made of what S3 has stored, after it answered',
	},
	batch: {
		mayImport: ['wire', 'world', 'access', 's3', 'replication'],
		because: 'a job copies as replication does, whoever asked for it',
	},
	s3control: {
		mayImport: ['wire', 'world', 'faults', 'http', 'access', 's3', 'batch'],
		because: 'S3 Control signs as S3 does and hands its jobs on',
	},
};

/** Who may import whom inside `sandbox/s3/`, bottom first. What lies flat there is the table of actions and what asks it. */
const s3Rooms: Rooms = {
	errors: {mayImport: [], because: 'what S3 answers to a fault is the same whatever was asked'},
	requests: {mayImport: ['errors'], because: 'a request is taken in before anybody knows what it asks'},
	'action.ts': {mayImport: ['requests'], because: 'what an action is given does not depend on what it does'},
	tags: {mayImport: ['errors'], because: 'tags of buckets and objects follow one rule'},
	buckets: {
		mayImport: ['errors', 'requests', 'action.ts', 'tags'],
		because: 'a bucket has its settings whatever lies in it',
	},
	acl: {mayImport: ['errors', 'action.ts'], because: 'an ACL says what it grants, and decides nothing'},
	'bucket-policy': {
		mayImport: ['errors', 'action.ts'],
		because: 'a policy is refused or kept whoever it speaks of',
	},
	permissions: {
		mayImport: ['errors', 'action.ts', 'acl', 'bucket-policy'],
		because: 'who may do what is decided from ACLs and policies, before anything is done',
	},
	objects: {
		mayImport: ['errors', 'action.ts'],
		because: 'what an object has beside its bytes does not depend on its version',
	},
	versions: {
		mayImport: ['errors', 'action.ts', 'objects'],
		because: 'a version is written, found and removed in one place',
	},
	reading: {
		mayImport: ['errors', 'requests', 'action.ts', 'objects', 'versions'],
		because: 'what is read of a version is the same for an answer and for a copy',
	},
	listing: {mayImport: ['errors', 'acl', 'objects'], because: 'a page is cut whatever it lists'},
	uploads: {
		mayImport: ['errors', 'requests', 'action.ts'],
		because: 'parts are kept without knowing what becomes of them',
	},
	'replication-configuration': {
		mayImport: ['errors'],
		because: 'what a configuration may be is settled before it is stored, and by those who copy',
	},
	actions: {
		mayImport: [
			'errors',
			'requests',
			'action.ts',
			'buckets',
			'tags',
			'acl',
			'bucket-policy',
			'permissions',
			'objects',
			'versions',
			'reading',
			'listing',
			'uploads',
			'replication-configuration',
		],
		because: 'an action puts the parts together, and knows no other action',
	},
	'*.ts': {
		mayImport: ['errors', 'requests', 'action.ts', 'buckets', 'permissions', 'actions'],
		because: 'the service finds the action, and knows none by name',
	},
};

/** Who may import whom inside `domain/`, bottom first; `*.ts` is what lies flat there without a row of its own. */
const domainRooms: Rooms = {
	text: {mayImport: [], because: 'harmless text and durations are the same whatever they are about'},
	endpoint: {mayImport: [], because: 'where calls go does not depend on what is called'},
	'*.ts': {
		mayImport: ['text', 'endpoint'],
		because: 'what belongs to all rooms knows none that is about something',
	},
	answers: {mayImport: ['text', '*.ts'], because: 'what a person answers does not depend on what AWS says'},
	rule: {mayImport: ['*.ts', 'answers'], because: 'a rule is merged by its meaning, whoever asks for it'},
	observed: {
		mayImport: ['text', 'rule'],
		because: 'what was found is told as it is, before anything is made of it',
	},
	role: {
		mayImport: ['*.ts', 'answers', 'rule', 'observed'],
		because: 'what a role needs is known before the plan is made',
	},
	'take-back': {
		mayImport: ['*.ts', 'answers', 'rule', 'observed'],
		because: 'what kinds of operations have alike when they are taken back knows none of them',
	},
	operations: {
		mayImport: ['*.ts', 'answers', 'rule', 'observed', 'role', 'take-back'],
		because:
			'an operation says what it does, when a plan has it and what takes it back, and knows no whole plan',
	},
	plan: {
		mayImport: ['text', 'endpoint', '*.ts', 'answers', 'rule', 'observed', 'take-back', 'operations', 'role'],
		because: 'a plan is made from answers and what was observed, and from nothing else',
	},
	watch: {
		mayImport: ['text', '*.ts', 'plan'],
		because: 'test files and delays do not depend on what is written down of them',
	},
	record: {
		mayImport: ['endpoint', '*.ts', 'answers', 'observed', 'take-back', 'operations', 'plan', 'watch'],
		because: 'a record says what was done, not how it is taken back',
	},
	undo: {
		mayImport: ['text', '*.ts', 'answers', 'take-back', 'operations', 'plan', 'record'],
		because: 'what takes a run back is made from its record',
	},
	'merge-again': {
		mayImport: ['*.ts', 'rule', 'role', 'take-back', 'operations'],
		because: 'the same merges are made once more, for runs and undos',
	},
	checks: {
		mayImport: ['text', '*.ts', 'answers', 'rule', 'observed', 'operations', 'role', 'plan', 'watch'],
		because: 'a check judges what was observed and planned, and changes neither',
	},
	diagnose: {
		mayImport: ['text', '*.ts', 'answers', 'rule', 'observed', 'role'],
		because: 'a cause is found in what was observed, whoever asks for it',
	},
	export: {
		mayImport: ['text', 'endpoint', '*.ts', 'answers', 'rule', 'observed'],
		because: 'files are made of what was read, whoever reads it',
	},
	'hand-over': {
		mayImport: ['text', '*.ts', 'answers', 'rule', 'observed', 'operations', 'plan'],
		because: 'what the other owner must do is what the plan says, whoever carries it out',
	},
	batch: {
		mayImport: [
			'text',
			'*.ts',
			'answers',
			'rule',
			'observed',
			'role',
			'operations',
			'plan',
			'watch',
			'record',
			'diagnose',
		],
		because: 'what a job copies is planned, priced and counted from what AWS tells of it',
	},
	'event.ts': {
		mayImport: [
			'endpoint',
			'*.ts',
			'answers',
			'observed',
			'take-back',
			'operations',
			'plan',
			'undo',
			'checks',
			'diagnose',
			'batch',
		],
		because: 'events tell of everything, so that nothing may know of them',
	},
};

/** Who may import whom inside `aws/`, bottom first; only what connects lies flat, beside what others see of it. */
const awsRooms: Rooms = {
	'ports.ts': {mayImport: [], because: 'what is asked of AWS does not depend on how it is called'},
	responses: {
		mayImport: ['ports.ts'],
		because: 'what is an answer of the API is judged before anybody makes something of it',
	},
	problems: {mayImport: ['responses'], because: 'every error becomes a problem in one place'},
	transport: {mayImport: ['responses'], because: 'a request goes out and is bounded whatever it asks'},
	credentials: {
		mayImport: ['responses', 'problems', 'transport'],
		because: 'who asks is settled without knowing what is asked',
	},
	calls: {
		mayImport: ['ports.ts', 'responses', 'problems'],
		because: 'a call knows the client that it is handed, not how that was made',
	},
	'*.ts': {
		mayImport: ['ports.ts', 'responses', 'problems', 'transport', 'credentials', 'calls'],
		because: 'a connection puts the parts together',
	},
};

/** Who may import whom inside `engine/`, bottom first. */
const engineRooms: Rooms = {
	'*.ts': {mayImport: [], because: 'clocks, waits, retries and the order of operations are the same for all'},
	guarded: {mayImport: ['*.ts'], because: 'a document is written safely whatever it says'},
	record: {mayImport: ['*.ts'], because: 'what is written down does not know what is done'},
	observe: {mayImport: ['*.ts'], because: 'what is there is read before anything is done'},
	check: {mayImport: ['*.ts', 'observe'], because: 'a check reads what is there and writes nothing'},
	diagnose: {mayImport: ['*.ts', 'observe'], because: 'a replication that exists is read and left as it is'},
	export: {mayImport: ['*.ts', 'observe'], because: 'what is exported is read and left as it is'},
	'hand-over': {mayImport: ['*.ts'], because: 'what stands in for another owner asks AWS nothing of theirs'},
	watch: {mayImport: ['*.ts'], because: 'copies are watched whoever set up the rule'},
	batch: {
		mayImport: ['*.ts', 'observe', 'diagnose'],
		because: 'a job is followed and its report read whoever made it',
	},
	'clean-up': {mayImport: ['*.ts', 'watch'], because: 'the run’s own files are found as they are watched'},
	undo: {
		mayImport: ['*.ts', 'guarded', 'record', 'batch', 'clean-up'],
		because:
			'what takes a write back knows the record, not how the write is made; a report is read before it goes',
	},
	operations: {
		mayImport: ['*.ts', 'guarded', 'clean-up', 'undo'],
		because: 'a kind of operation is made and taken back in one entry, and knows no run',
	},
	run: {
		mayImport: ['*.ts', 'record', 'undo', 'operations'],
		because: 'a run carries out or takes back whatever the operations are',
	},
};

/** Who may import whom inside `session/`, bottom first; the one runner lies flat. */
const sessionRooms: Rooms = {
	watch: {mayImport: [], because: 'what is shown of a watch is folded from its events alone'},
	report: {mayImport: ['watch'], because: 'a report is a view of what was watched'},
	state: {mayImport: [], because: 'state is folded from events and does nothing'},
	actions: {
		mayImport: ['watch', 'report', 'state'],
		because: 'an action changes the state by events, and knows no runner',
	},
	'*.ts': {
		mayImport: ['watch', 'state', 'actions'],
		because: 'the runner offers the actions, and has no own',
	},
};

/** Who may import whom inside `ui/`, bottom first. */
const uiRooms: Rooms = {
	'*.ts': {mayImport: [], because: 'colours, clock and what the terminal can do are the same for all'},
	terminal: {mayImport: [], because: 'cells and keys know nothing of what is drawn with them'},
	hooks: {mayImport: ['*.ts', 'terminal'], because: 'what a component remembers does not know how it looks'},
	components: {
		mayImport: ['*.ts', 'terminal', 'hooks'],
		because: 'a component is drawn wherever a screen puts it',
	},
	watch: {mayImport: ['*.ts', 'hooks', 'components'], because: 'the watch is drawn in the wizard and alone'},
	screens: {
		mayImport: ['*.ts', 'hooks', 'components'],
		because: 'a screen is made of components and does not know when it is shown',
	},
	app: {
		mayImport: ['*.ts', 'terminal', 'hooks', 'components', 'watch', 'screens'],
		because: 'which screen is shown, and in what terminal, is decided in one place',
	},
};

/** Who may import whom inside `ui/components/`, bottom first. */
const componentRooms: Rooms = {
	text: {mayImport: [], because: 'text is cut, wrapped and coloured whatever it says'},
	fields: {mayImport: ['text'], because: 'a field does not know what is typed into it'},
	documents: {mayImport: ['text'], because: 'plans and policies are shown wherever they come from'},
	frame: {mayImport: ['text'], because: 'a frame stands around whatever it is given'},
	problems: {mayImport: ['text', 'documents'], because: 'a problem may have a document to show'},
};

/** Who may import whom inside `ui/screens/`: a screen knows no other. */
const screenRooms: Rooms = {
	'sign-in': {mayImport: [], because: 'who signs in does not know what for'},
	accounts: {mayImport: [], because: 'a screen knows no other screen'},
	mode: {mayImport: [], because: 'a screen knows no other screen'},
	buckets: {mayImport: [], because: 'a screen knows no other screen'},
	options: {mayImport: [], because: 'a screen knows no other screen'},
	checks: {mayImport: [], because: 'a screen knows no other screen'},
	plan: {mayImport: [], because: 'a screen knows no other screen'},
	existing: {mayImport: [], because: 'a screen knows no other screen'},
	run: {mayImport: [], because: 'applying and undoing look alike, and know no other screen'},
	'*.ts': {mayImport: [], because: 'a screen knows no other screen'},
};

/** Who may import whom inside `session/actions/`, bottom first; flat lie the actions of a run, put together, and how it ends. */
const actionRooms: Rooms = {
	core: {mayImport: [], because: 'what actions share is the same whatever they do'},
	undo: {mayImport: ['core'], because: 'a run is taken back whoever set it up'},
	plan: {mayImport: ['core'], because: 'a plan is made and carried out whatever comes after it'},
	batch: {mayImport: ['core'], because: 'a job copies whoever asked for it'},
	diagnose: {
		mayImport: ['core', 'batch'],
		because: 'causes are found, and what a job would copy is told with them',
	},
	watch: {
		mayImport: ['core', 'plan'],
		because: 'what is watched may be planned, and sets up what tells reasons',
	},
	wizard: {
		mayImport: ['core', 'diagnose', 'watch'],
		because: 'what is chosen leads to a diagnosis or a watch',
	},
	'*.ts': {
		mayImport: ['core', 'undo', 'plan', 'batch', 'diagnose', 'watch', 'wizard'],
		because: 'the actions of a run are put together in one place',
	},
};

/** Who may import whom inside `headless/`: it is one room. */
const headlessRooms: Rooms = {
	'*.ts': {
		mayImport: [],
		because: 'lines for people, for programs and for screen readers are few enough to be one room',
	},
};

/** Who may import whom inside `commands/`, bottom first; the commands lie flat, with what belongs to all of them. */
const commandRooms: Rooms = {
	lock: {mayImport: [], because: 'who holds a record is settled without knowing what is in it'},
	files: {mayImport: ['lock'], because: 'the disk does not know which command writes'},
	host: {mayImport: [], because: 'the way to the streams is the same whatever is said'},
	services: {mayImport: ['files', 'host'], because: 'what a session is given does not depend on the command'},
	ask: {mayImport: ['host'], because: 'a question goes out by the door, whoever asks it'},
	accessible: {mayImport: ['host', 'ask'], because: 'questions in turn know no command that asks them'},
	batch: {
		mayImport: ['host', 'ask'],
		because: 'how a job is made and followed is the same for every way to it',
	},
	'*.ts': {
		mayImport: ['files', 'host', 'services', 'ask', 'accessible', 'batch'],
		because: 'a command puts the parts together',
	},
};

/** Who may import whom inside `command-line/`: it is one room. */
const commandLineRooms: Rooms = {
	'*.ts': {mayImport: [], because: 'options and exit codes do not depend on each other'},
};

/** Who may import whom inside `policy/`: it is one room. */
const policyRooms: Rooms = {
	'*.ts': {mayImport: [], because: 'the language is one thing: documents are judged by what they say'},
};

const folderRooms: Readonly<Record<string, Rooms>> = {
	policy: policyRooms,
	sandbox: sandboxRooms,
	domain: domainRooms,
	'command-line': commandLineRooms,
	aws: awsRooms,
	engine: engineRooms,
	session: sessionRooms,
	ui: uiRooms,
	headless: headlessRooms,
	commands: commandRooms,
};

/** The rooms that have rooms of their own. */
const innerRooms: Readonly<Record<string, Rooms>> = {
	'sandbox/s3': s3Rooms,
	'session/actions': actionRooms,
	'ui/components': componentRooms,
	'ui/screens': screenRooms,
};

const allRooms = {...folderRooms, ...innerRooms};

const clients = '^node_modules/@aws-sdk/client-';
const sdk = '^node_modules/@(aws-sdk|smithy)/';
const screens = '^node_modules/(ink|react|ink-[^/]+|react-[^/]+|scheduler|yoga-layout)/';
const topLevel = '^source/[^/]+$';

const pathOf = (target: string): string =>
	target === '*.ts' ? topLevel : `^source/${target}${target.endsWith('.ts') ? '$' : '/'}`;

/** The path of a room; `*.ts` is what lies flat beside the rooms and has no row of its own. */
function pathOfRoom(folder: string, room: string, rooms: Rooms): string {
	if (room !== '*.ts') return pathOf(`${folder}/${room}`);
	const named = Object.keys(rooms).filter((name) => name.endsWith('.ts') && name !== room);
	return `^source/${folder}/(?!(${named.join('|')})$)[^/]+$`;
}

function rulesOfRooms(folder: string, rooms: Rooms): readonly IForbiddenRuleType[] {
	const pathIn = (room: string): string => pathOfRoom(folder, room, rooms);
	return [
		...Object.entries(rooms).map(([room, {mayImport, because}]): IForbiddenRuleType => ({
			name: `${folder}/${room}`,
			severity: 'error',
			comment: because,
			from: {path: pathIn(room)},
			to: {path: pathOf(folder), pathNot: [room, ...mayImport].map(pathIn)},
		})),
		{
			name: `${folder}: known rooms`,
			severity: 'error',
			comment: 'a new room needs a row in the table, or it is bound by no rule',
			from: {},
			to: {path: `^source/${folder}/[^/]+/`, pathNot: Object.keys(rooms).map(pathIn)},
		},
	];
}

const rules: readonly IForbiddenRuleType[] = [
	...Object.entries(allRooms).flatMap(([folder, rooms]) => rulesOfRooms(folder, rooms)),
	...Object.entries(folders).map(([folder, {mayImport, because}]): IForbiddenRuleType => ({
		name: folder,
		severity: 'error',
		comment: because,
		from: {path: pathOf(folder)},
		to: {path: '^source/', pathNot: [folder, ...mayImport].map(pathOf)},
	})),
	{
		name: 'engine-knows-port-types-only',
		severity: 'error',
		comment: 'the engine is handed its ports; it makes none',
		from: {path: '^source/engine/'},
		to: {path: '^source/aws/', dependencyTypesNot: ['type-only']},
	},
	{
		name: 'top-level',
		severity: 'error',
		comment: 'the way in knows arguments, commands and exit codes, and nothing of how things are done',
		from: {path: topLevel},
		to: {path: '^source/', pathNot: [topLevel, '^source/(commands|command-line|domain)/']},
	},
	{
		name: 'top-level-knows-answers-only',
		severity: 'error',
		comment:
			'what the way in loads, every --version waits for: the table of answers, the limits that help names, and otherwise types of the domain',
		from: {path: [topLevel, '^source/command-line/']},
		to: {
			path: '^source/domain/',
			pathNot: ['^source/domain/answers/', '^source/domain/limits[.]ts$'],
			dependencyTypesNot: ['type-only'],
		},
	},
	{
		name: 'known-folders',
		severity: 'error',
		comment: 'a new folder needs a row in the table, or it is bound by no rule',
		from: {},
		to: {path: '^source/[^/]+/', pathNot: Object.keys(folders).map(pathOf)},
	},
	{
		name: 'clients-in-aws',
		severity: 'error',
		comment: 'one place knows how AWS is called; the sandbox borrows the schemas',
		from: {path: '^source/', pathNot: '^source/(aws|sandbox)/'},
		to: {path: sdk},
	},
	{
		name: 'clients-load-late',
		severity: 'error',
		comment: 'the AWS clients load when something is called',
		from: {path: '^source/', pathNot: '^source/sandbox/'},
		to: {path: clients, dynamic: false, dependencyTypesNot: ['type-only', 'type-import']},
	},
	{
		name: 'screens-in-ui',
		severity: 'error',
		comment: 'everything below the screens runs without React',
		from: {path: '^source/', pathNot: ['^source/(ui|commands)/', topLevel]},
		to: {path: screens},
	},
	{
		name: 'screens-load-late',
		severity: 'error',
		comment: 'React and Ink load when something is drawn',
		from: {path: ['^source/commands/', topLevel]},
		to: {
			path: [screens, '^source/ui/.*[.]tsx$'],
			dynamic: false,
			dependencyTypesNot: ['type-only', 'type-import'],
		},
	},
	{
		name: 'no-cycles',
		severity: 'error',
		comment: 'files that need each other are one file, or have a third in common',
		from: {},
		to: {circular: true},
	},
	{
		name: 'resolvable',
		severity: 'error',
		comment: 'an import that leads nowhere is checked by no rule',
		from: {},
		to: {couldNotResolve: true},
	},
	{
		name: 'declared-packages',
		severity: 'error',
		comment: 'a package that package.json does not name comes and goes with those that brought it',
		from: {},
		to: {dependencyTypes: ['npm-no-pkg', 'npm-unknown']},
	},
];

const violationsOf = ({summary}: ICruiseResult): readonly string[] =>
	summary.violations.map(({rule, from, to}) => {
		const because = rules.find(({name}) => name === rule.name)?.comment;
		return `${rule.name}: ${from} → ${to} (because ${because})`;
	});

describe('the sources', () => {
	let result: ICruiseResult;
	beforeAll(async () => {
		result = await cruiseSources(root, rules);
	});

	test('were really read, every file of them', async () => {
		const files = await readdir(path.join(root, 'source'), {recursive: true, withFileTypes: true});
		const written = files
			.filter((file) => file.isFile() && /[.]tsx?$/.test(file.name) && !file.name.endsWith('.d.ts'))
			.map((file) => path.relative(root, path.join(file.parentPath, file.name)))
			.sort();
		const read = result.modules.map(({source}) => source).filter((name) => name.startsWith('source/'));
		expect(read).toEqual(expect.arrayContaining(written));
		expect(written.length).toBeGreaterThan(150);
		expect(result.summary.totalDependenciesCruised).toBeGreaterThan(500);
	});

	test('import only what the table of folders allows', () => {
		expect(violationsOf(result)).toEqual([]);
	});

	test('hold no file that nothing loads: a registry that forgets one would go unnoticed', () => {
		const unused = result.modules.filter(({dependents}) => dependents.length === 0).map(({source}) => source);
		// Types for a package that has none are read by the compiler alone.
		const others = /[.]d[.]ts$/;
		expect(unused.filter((name) => name.startsWith('source/') && !others.test(name))).toEqual([
			'source/cli.tsx',
		]);
	});

	test('load nothing of React, Ink or AWS before the arguments are read', () => {
		const loaded = staticClosure(result.modules, 'source/cli.tsx');
		expect(loaded).toContain('source/command-line/options.ts');
		expect(
			loaded.filter((name) =>
				/node_modules\/(?!commander\/)|^source\/(aws|sandbox|engine|session|ui)\//.test(name),
			),
		).toEqual([]);
	});

	test('are named in kebab-case', () => {
		const names = result.modules.map(({source}) => source).filter((name) => name.startsWith('source/'));
		expect(
			names.filter((name) => !/^(?:[a-z\d]+(?:-[a-z\d]+)*\/)+[a-z\d-]+(?:[.]d)?[.]tsx?$/.test(name)),
		).toEqual([]);
	});

	test('use no client and no command of the SDK in the sandbox', async () => {
		const folder = path.join(root, 'source/sandbox');
		const files = (await readdir(folder, {recursive: true})).filter((name) => name.endsWith('.ts'));
		const texts = await Promise.all(files.map(async (name) => readFile(path.join(folder, name), 'utf8')));
		const names = files.flatMap((file, index) =>
			sdkValueNames(texts[index] ?? '').map((name) => `${file}: ${name}`),
		);
		expect(files.length).toBeGreaterThan(50);
		expect(names.filter((name) => /(Client|Command)$/.test(name))).toEqual([]);
	});
});

/** The rooms that the first column of a table in docs/architecture.md names, in its order; `*.ts` for what lies flat. */
function roomsIn(table: string): readonly string[] {
	const cells = table.split('\n').flatMap((line) => /^\| ([^|]+) \|/.exec(line)?.[1] ?? []);
	return cells.flatMap(
		(cell) =>
			cell
				.replace(/`([a-z-]+\/)`, flat/, '`$1*.ts`')
				.replace(/^flat$/, '`*.ts`')
				.match(/`[^`]+`/g)
				?.map((code) => code.slice(1, -1).replace(/\/$/, '')) ?? [],
	);
}

describe('docs/architecture.md', async () => {
	const text = await readFile(path.join(root, 'docs/architecture.md'), 'utf8');
	const tableOf = (heading: string): string =>
		text.split(/^#{2,3} /m).find((one) => one.startsWith(heading)) ?? '';

	test('has a row for each folder, in this order, with what it may import', () => {
		const rows = tableOf('Folders of `source/`')
			.split('\n')
			.flatMap((line) => {
				const [, name, may = ''] = /^\| `([a-z-]+)\/` \|.*\| ([^|]+) \|$/.exec(line) ?? [];
				return name === undefined ? [] : [[name, may] as const];
			});
		const said = Object.fromEntries(
			rows.map(([name, may]) => [
				name,
				/^all; of `sandbox` its door only$/.test(may)
					? (folders[name]?.mayImport ?? [])
					: [...may.matchAll(/`([^`]+)`/g)].map(([, code = '']) =>
							code.replace(/^domain\/(?:answers|limits[.]ts)$/, 'domain'),
						),
			]),
		);
		expect(Object.keys(said)).toEqual(Object.keys(folders));
		for (const [name, {mayImport}] of Object.entries(folders))
			expect([name, [...new Set(said[name])].sort()]).toEqual([name, [...mayImport].sort()]);
	});

	test('names the files of the way in', async () => {
		const [, named = ''] = /^\| ([^|]*`cli[.]tsx`[^|]*) \|/m.exec(tableOf('Folders of `source/`')) ?? [];
		const files = (await readdir(path.join(root, 'source'))).filter((name) => /[.]tsx?$/.test(name));
		expect([...named.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name).sort()).toEqual(files.sort());
	});

	test.each([
		['Rooms of `domain/`', domainRooms],
		['Rooms of `sandbox/`', sandboxRooms],
		['Rooms of `engine/`', engineRooms],
	])('has a row for each room in %s, bottom first', (heading, rooms) => {
		expect(roomsIn(tableOf(heading))).toEqual(Object.keys(rooms));
	});

	test('has a row for each room of the sandbox’s S3 and of what calls AWS, and tells what lies flat', () => {
		const flat = (name: string): boolean => name === '*.ts';
		expect([...roomsIn(tableOf('Rooms of `sandbox/s3/`')), '*.ts']).toEqual(Object.keys(s3Rooms));
		expect(roomsIn(tableOf('Rooms of `aws/`')).slice(0, -1)).toEqual(
			Object.keys(awsRooms).filter((name) => !flat(name)),
		);
	});

	test('has a row for each room of session, screens and commands', () => {
		const expected = Object.entries({session: sessionRooms, ui: uiRooms, commands: commandRooms}).flatMap(
			([folder, rooms]) => Object.keys(rooms).map((room) => `${folder}/${room}`),
		);
		const named = roomsIn(tableOf('Rooms of `session/`, `ui/` and `commands/`'));
		expect(named.map((name) => name.replace('session/session.ts', 'session/*.ts'))).toEqual(expected);
		for (const [folder, rooms] of Object.entries({
			'ui/components': componentRooms,
			'session/actions': actionRooms,
		})) {
			const said = new RegExp(`\`${folder}/\` \\| (.*) \\|`).exec(text)?.[1] ?? '';
			expect([...said.matchAll(/`([a-z-]+)\/`/g)].map(([, name]) => name)).toEqual(
				Object.keys(rooms).filter((room) => room !== '*.ts'),
			);
		}
	});

	test('calls the folders without rooms one room each', () => {
		const flat = Object.entries(folderRooms).filter(([, rooms]) => Object.keys(rooms).join(' ') === '*.ts');
		const said =
			/order(?:ed)? .*?\.\s((?:`[a-z-]+\/`(?:, | and\s)?)+)\s?are one room each/s.exec(text)?.[1] ?? '';
		expect([...said.matchAll(/`([a-z-]+)\/`/g)].map(([, name = '']) => name)).toEqual(
			flat.map(([name]) => name),
		);
	});
});

describe('a broken copy of the sources is caught', () => {
	const caught: ReadonlyArray<readonly [string, Readonly<Record<string, string>>]> = [
		...Object.entries(allRooms).flatMap(([folder, rooms]) => brokenRooms(folder, rooms)),
		['policy', {'policy/a.ts': "import '../domain/b.js';", 'domain/b.ts': ''}],
		[
			'sandbox',
			{'sandbox/a.ts': "import type {B} from '../domain/b.js';", 'domain/b.ts': 'export type B = 1;'},
		],
		['domain', {'domain/a.ts': "import {type B} from '../aws/b.js';", 'aws/b.ts': 'export type B = 1;'}],
		['command-line', {'command-line/a.ts': "import '../aws/b.js';", 'aws/b.ts': ''}],
		['aws', {'aws/a.ts': "export * from '../engine/b.js';", 'engine/b.ts': ''}],
		['engine', {'engine/a.ts': "import type {B} from '../aws/b.js';", 'aws/b.ts': 'export type B = 1;'}],
		[
			'engine-knows-port-types-only',
			{'engine/a.ts': "import {b} from '../aws/ports.js';", 'aws/ports.ts': ''},
		],
		['session', {'session/a.ts': "import '../ui/b.js';", 'ui/b.tsx': ''}],
		['ui', {'ui/a.tsx': "void import('../engine/b.js');", 'engine/b.ts': ''}],
		['headless', {'headless/a.ts': "import '../aws/b.js';", 'aws/b.ts': ''}],
		['commands', {'commands/a.ts': "import '../sandbox/world/b.js';", 'sandbox/world/b.ts': ''}],
		['top-level', {'cli.tsx': "void import('./engine/b.js');", 'engine/b.ts': ''}],
		['top-level-knows-answers-only', {'cli.tsx': "import './domain/b.js';", 'domain/b.ts': ''}],
		['known-folders', {'cli.tsx': "import './helpers/b.js';", 'helpers/b.ts': ''}],
		['clients-in-aws', {'engine/a.ts': "import type {A} from '@aws-sdk/client-s3';"}],
		['clients-load-late', {'aws/a.ts': "import {S3Client} from '@aws-sdk/client-s3';"}],
		['screens-in-ui', {'session/a.ts': "import type {FC} from 'react';"}],
		['screens-load-late', {'cli.tsx': "import {render} from 'ink';"}],
		['no-cycles', {'domain/a.ts': "import './b.js';", 'domain/b.ts': "import './a.js';"}],
		['resolvable', {'domain/a.ts': "import './missing.js';"}],
		['declared-packages', {'domain/a.ts': "import 'scheduler';"}],
	];

	// Reading a project costs what its rules cost, not its files: cases that write no file differently share one.
	const projects: Array<Map<string, string>> = [];
	const projectOfCase = caught.map(([, files]) => {
		const fits = projects.find((project) =>
			Object.entries(files).every(([name, text]) => (project.get(name) ?? text) === text),
		);
		const project = fits ?? new Map<string, string>();
		if (fits === undefined) projects.push(project);
		for (const [name, text] of Object.entries(files)) project.set(name, text);
		return project;
	});
	const broken = new Map<ReadonlyMap<string, string>, ICruiseResult['summary']['violations']>();
	beforeAll(async () => {
		for (const project of projects) {
			const folder = await writeProject(Object.fromEntries(project));
			broken.set(project, (await cruiseSources(folder, rules)).summary.violations);
			await rm(folder, {recursive: true});
		}
	});

	test.each(caught.map(([rule, files], index) => ({rule, files, index})))(
		'by the rule $rule',
		({rule, files, index}) => {
			const from = Object.keys(files).map((name) => `source/${name}`);
			const found = broken.get(projectOfCase[index] ?? new Map())?.filter((one) => from.includes(one.from));
			expect(found?.map((violation) => violation.rule.name)).toContain(rule);
		},
	);

	test('in every folder, since each has a table of its rooms', () => {
		expect(Object.keys(folderRooms)).toEqual(Object.keys(folders));
	});

	test('by every rule there is', () => {
		expect(caught.map(([rule]) => rule).sort()).toEqual(rules.map(({name}) => name).sort());
	});

	test('and what the table allows is let through', async () => {
		const folder = await projectOf({
			'cli.tsx': "import type {A} from './domain/a.js';\nvoid import('./commands/a.js');",
			'commands/a.ts':
				"import '../sandbox/start-sandbox.js';\nvoid import('ink');\nvoid import('../ui/a.js');",
			'ui/a.tsx': "import 'react';\nimport '../session/a.js';",
			'session/a.ts': "import '../engine/a.js';",
			'engine/a.ts':
				"import type {Port} from '../aws/ports.js';\nimport {type Port as P} from '../aws/ports.js';",
			'aws/ports.ts': "import '../domain/a.js';\nvoid import('@aws-sdk/client-s3');\nexport type Port = 1;",
			'domain/a.ts': "import '../policy/a.js';\nexport type A = 1;",
			'sandbox/start-sandbox.ts': "import '../policy/a.js';\nimport '@aws-sdk/client-s3';",
			'policy/a.ts': '',
		});
		const result = await cruiseSources(folder, rules);
		expect(violationsOf(result)).toEqual([]);
		expect(staticClosure(result.modules, 'source/cli.tsx')).toEqual(['source/cli.tsx']);
		expect(staticClosure(result.modules, 'source/commands/a.ts')).toContain('source/policy/a.ts');
	});

	test('where a room of the sandbox would import what starts it', async () => {
		const folder = await projectOf({
			'sandbox/s3/a.ts': "import '../start-sandbox.js';",
			'sandbox/start-sandbox.ts': '',
		});
		const {summary} = await cruiseSources(folder, rules);
		expect(summary.violations.map((violation) => violation.rule.name)).toContain('sandbox/s3');
	});

	test.each(Object.entries({...allRooms, source: folders}))('no arrow of %s runs back up', (_, rooms) => {
		const names = Object.keys(rooms);
		const backUp = names.flatMap((room, index) =>
			(rooms[room]?.mayImport ?? [])
				.filter(
					(other) => ![other, other.split('/')[0]].some((name) => names.slice(0, index).includes(name ?? '')),
				)
				.map((other) => `${room} → ${other}`),
		);
		expect(backUp).toEqual([]);
	});

	test('where the sandbox would use a client', () => {
		expect(
			sdkValueNames(
				[
					"import * as all from '@aws-sdk/client-s3';",
					"import {type S3Client, PutObjectCommand as Put, PutObject$} from '@aws-sdk/client-s3';",
					"import type {IAMClient} from '@aws-sdk/client-iam';",
					'new all.S3Client({});',
				].join('\n'),
			),
		).toEqual(['PutObjectCommand', 'PutObject$', 'S3Client']);
	});
});

/** For each rule of the rooms of a folder, files that break it. */
function brokenRooms(
	folder: string,
	rooms: Rooms,
): ReadonlyArray<readonly [string, Readonly<Record<string, string>>]> {
	const fileIn = (room: string): string =>
		room.endsWith('.ts') ? `${folder}/${room.replace('*', 'flat')}` : `${folder}/${room}/a.ts`;
	const importing = (from: string, to: string): Readonly<Record<string, string>> => ({
		[from]: `import '${'../'.repeat(from.split('/').length - 1)}${to.replace('.ts', '.js')}';`,
		[to]: '',
	});
	const forbiddenTo = (room: string): string =>
		Object.keys(rooms).find((other) => other !== room && !rooms[room]?.mayImport.includes(other)) ??
		'unknown';
	return [
		...Object.keys(rooms).map(
			(room) => [`${folder}/${room}`, importing(fileIn(room), fileIn(forbiddenTo(room)))] as const,
		),
		[`${folder}: known rooms`, importing(`${folder}/a.ts`, `${folder}/helpers/b.ts`)],
	];
}

/** A project of these files of `source/` in a folder of its own, with packages that are named like the real ones. */
async function projectOf(sources: Readonly<Record<string, string>>): Promise<string> {
	const folder = await writeProject(sources);
	onTestFinished(async () => rm(folder, {recursive: true, force: true}));
	return folder;
}

async function writeProject(sources: Readonly<Record<string, string>>): Promise<string> {
	const folder = await mkdtemp(path.join(tmpdir(), 's3-replicate-architecture-'));
	const declared = ['@aws-sdk/client-s3', 'ink', 'react'];
	const files: Record<string, string> = {
		'package.json': JSON.stringify({
			type: 'module',
			devDependencies: Object.fromEntries(declared.map((name) => [name, '1.0.0'])),
		}),
	};
	for (const name of [...declared, 'scheduler']) {
		files[`node_modules/${name}/package.json`] = JSON.stringify({name, version: '1.0.0', main: 'index.js'});
		files[`node_modules/${name}/index.js`] = '';
	}

	for (const [name, text] of Object.entries(sources)) files[`source/${name}`] = text;
	for (const [name, text] of Object.entries(files)) {
		const file = path.join(folder, name);
		await mkdir(path.dirname(file), {recursive: true});
		await writeFile(file, text);
	}

	return folder;
}
