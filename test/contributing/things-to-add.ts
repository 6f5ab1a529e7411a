import type {Edit} from '../support/scratch-tree.js';

/** Something to add to the program, done as CONTRIBUTING says. */
export type Thing = {
	/** How its row in CONTRIBUTING begins. */
	readonly row: string;
	/** What is written first: that there is such a thing. */
	readonly declared: readonly Edit[];
	/** What the compiler asks for then. */
	readonly rest: readonly Edit[];
	/** Where it asks, and what it names: nothing where nothing is missing. */
	readonly asked: ReadonlyArray<{readonly file: string; readonly naming: string}>;
};

const registry = 'source/domain/operations/registry.ts';
const runners = 'source/engine/operations/runners.ts';
const checks = 'source/domain/checks/all-checks.ts';
const steps = 'source/session/state/steps.ts';
const app = 'source/ui/app/app.tsx';
const signIn = 'source/domain/sign-in.ts';
const s3Actions = 'source/sandbox/s3/actions.ts';
const answerTable = 'source/domain/answers/answer-table.ts';
const program = 'source/program.ts';

export const thingsToAdd: readonly Thing[] = [
	{
		row: 'an answer about the rule',
		declared: [
			{
				file: 'source/domain/answers/rule-answers.ts',
				before: 'export const metrics = {',
				put: `export const replicaLabel = {
	...ofRule,
	flag: 'replica-label',
	kind: 'text',
	placeholder: 'LABEL',
	description: 'a label of the rule',
	field: {label: 'Label', note: 'A label.', empty: '', emptyText: 'none'},
} as const satisfies AnswerEntry;

`,
			},
			{
				file: answerTable,
				before: '\treplicaModifications,\n\treplicationTimeControl,',
				put: '\treplicaLabel,\n',
			},
			{file: answerTable, before: '\ttestFileCount,\n\trolePath,', put: '\treplicaLabel,\n'},
		],
		rest: [
			{
				file: 'source/domain/rule/rule-options.ts',
				before: '\treadonly deleteMarkers?: boolean;',
				put: '\treadonly replicaLabel?: string;\n',
			},
			{
				file: 'source/domain/rule/rule-options.ts',
				before: '\tdeleteMarkers: {\n',
				put: `	replicaLabel: {
		read: ({Destination}) => Destination['Label'] as string | undefined,
		write: (rule, label) => withDestination(rule, {Label: label}),
		text: (label) => \`it is called \${label}\`,
	},
`,
			},
		],
		asked: [{file: 'source/domain/rule/wanted-rule.ts', naming: 'replicaLabel'}],
	},
	{
		row: 'an answer about the role',
		declared: [
			{
				file: 'source/domain/answers/role-answers.ts',
				before: 'export const keepsRole = {',
				put: `export const roleOwner = {
	...ofRole,
	flag: 'role-owner',
	kind: 'text',
	placeholder: 'NAME',
	description: 'who owns the role',
	field: {label: 'Role owner', note: 'Who owns the role.', empty: '', emptyText: 'nobody'},
} as const satisfies AnswerEntry;

`,
			},
			{
				file: answerTable,
				before: "permissionsBoundary, roleArn, roleName, rolePath} from './role-answers.js';",
				put: 'roleOwner, ',
			},
			{file: answerTable, before: '\troleArn,\n\tkeepsRole,', put: '\troleOwner,\n'},
		],
		rest: [
			{
				file: 'source/domain/operations/create-role.ts',
				before: "\t\t...(request.keepsRole ? ['It is only used",
				put: '\t\t...(request.roleOwner === undefined ? [] : [`It belongs to ${request.roleOwner}.`]),\n',
			},
		],
		asked: [],
	},
	{
		row: 'another option',
		declared: [
			{
				file: 'source/command-line/options.ts',
				before: '\tyes: {\n',
				put: `	gently: {
		flag: 'gently',
		kind: 'switch',
		commands: ['apply'],
		group: 'run',
		description: 'write gently',
	},
`,
			},
		],
		rest: [],
		asked: [],
	},
	{
		row: 'a command',
		declared: [
			{file: 'source/domain/answers/option.ts', before: "\n\t| 'runs'\n\t| 'sandbox';", put: "\n\t| 'greet'"},
		],
		rest: [
			{
				file: 'source/commands/greet.ts',
				put: `import {exitCodes, type ExitCode} from '../command-line/exit-code.js';
import {writeLines} from './host/door.js';
import type {Host} from './host/host.js';

export async function greetCommand(host: Host): Promise<ExitCode> {
	writeLines(host.stdout, ['Good day']);
	return Promise.resolve(exitCodes.done);
}
`,
			},
			{
				file: program,
				before: '\truns: {\n',
				put: `	greet: {
		summary: 'say good day',
		examples: [],
		load: async () => (await import('./commands/greet.js')).greetCommand,
	},
`,
			},
		],
		asked: [{file: program, naming: 'greet'}],
	},
	{
		row: 'an operation kind',
		declared: [
			{
				file: 'source/domain/operations/label-bucket.ts',
				put: `import {sides} from '../answers/mode.js';
import type {OperationBase} from '../take-back/operation.js';
import {stepFor, undoOf} from '../take-back/recorded-group.js';
import {isText, shaped} from '../take-back/shape.js';
import type {Kind, PlannedKind} from './kind.js';

export type LabelBucket = OperationBase & {readonly kind: 'label-bucket'; readonly after: {readonly Label: string}};
export type UnlabelBucket = OperationBase & {readonly kind: 'unlabel-bucket'; readonly after: null};

const unlabelBucket: Kind<UnlabelBucket> = {
	kind: 'unlabel-bucket',
	words: {plan: 'Remove label', keep: 'Keep label', doing: 'Removing label', done: 'Label removed'},
	noun: 'the label of',
	detail: () => 'none',
};

export const labelBucket: PlannedKind<LabelBucket, UnlabelBucket> = {
	kind: 'label-bucket',
	words: {plan: 'Put label', keep: 'Keep label', doing: 'Putting label', done: 'Label put'},
	noun: 'the label of',
	detail: ({after}) => after.Label,
	on: 'bucket',
	remaining: {noun: 'labels', isPlural: true},
	needs: {bucket: ['s3:PutBucketTagging']},
	undoNeeds: {bucket: ['s3:GetBucketTagging']},
	plan: (context) =>
		sides.map((side) => ({
			id: \`label-bucket:\${side}\`,
			kind: 'label-bucket',
			side,
			target: context[side].bucket,
			change: 'create',
			account: context[side].accountId,
			region: context[side].region,
			requires: [\`create-bucket:\${side}\`],
			after: {Label: 'replicated'},
		})),
	mayBeAt: () => true,
	takesEffectLate: false,
	recorded: {after: shaped({Label: isText})},
	undoReadings: [],
	undoKinds: {'unlabel-bucket': unlabelBucket},
	takeBack: (group) => ({
		step: stepFor(group, {...undoOf(group, unlabelBucket.kind, []), change: 'delete', after: null}),
	}),
};
`,
			},
			{
				file: registry,
				before: "import {putBucketPolicy} from './put-bucket-policy.js';",
				put: "import {labelBucket} from './label-bucket.js';\n",
			},
			{file: registry, before: '\n] as const;', put: '\n\tlabelBucket,'},
		],
		rest: [
			{
				file: 'source/engine/operations/label-bucket.ts',
				put: `import type {LabelBucket, UnlabelBucket} from '../../domain/operations/label-bucket.js';
import type {UndoContext} from '../undo/undo-context.js';
import type {OperationContext} from './operation-context.js';

export async function labelBucket(_operation: LabelBucket, _context: OperationContext): Promise<undefined> {
	return Promise.resolve(undefined);
}

export async function unlabelBucket(_operation: UnlabelBucket, _context: UndoContext): Promise<void> {
	return Promise.resolve();
}
`,
			},
			{
				file: runners,
				before: "import type {OperationContext} from './operation-context.js';",
				put: "import {labelBucket, unlabelBucket} from './label-bucket.js';\n",
			},
			{
				file: runners,
				before: "\t'put-replication': putReplication,\n",
				put: "\t'label-bucket': labelBucket,\n",
			},
			{file: runners, before: "\t'delete-role': deleteRole,\n", put: "\t'unlabel-bucket': unlabelBucket,\n"},
		],
		asked: [
			{file: runners, naming: 'label-bucket'},
			{file: runners, naming: 'unlabel-bucket'},
		],
	},
	{
		row: 'a check',
		declared: [
			{
				file: 'source/domain/checks/label-check.ts',
				put: `import {defineCheck} from './define-check.js';
import {ok} from './verdict.js';

export const labelCheck = defineCheck({
	id: 'label',
	title: 'Label',
	group: 'source',
	needs: [],
	decide: () => ok('a label'),
});
`,
			},
			{
				file: checks,
				before: "import {objectLockCheck} from './object-lock-check.js';",
				put: "import {labelCheck} from './label-check.js';\n",
			},
			{file: checks, before: '\tclockCheck,\n\t...sides', put: '\tlabelCheck,\n'},
		],
		rest: [],
		asked: [],
	},
	{
		row: 'a step of the wizard',
		declared: [
			{file: steps, before: "\n\t| 'check'", put: "\n\t| 'size'"},
			{
				file: steps,
				before: "\t{id: 'check', title: 'Check'",
				put: "\t{id: 'size', title: 'Size', ...asking('testFileSizeBytes'), affects: []},\n",
			},
		],
		rest: [
			{
				file: 'source/ui/screens/size-screen.tsx',
				put: `import {Frame} from '../components/frame/frame.js';
import {useWizardFrame} from '../components/frame/use-wizard-frame.js';
import {Text} from '../components/text/text.js';
import {useSession} from '../hooks/use-session.js';

export const SizeScreen = () => {
	const session = useSession();
	return (
		<Frame
			{...useWizardFrame()}
			bindings={[{keys: ['enter'], label: 'next', action: () => session.next()}]}
		>
			<Text>Size</Text>
		</Frame>
	);
};
`,
			},
			{
				file: app,
				before: 'import {UndoScreen}',
				put: "import {SizeScreen} from '../screens/size-screen.js';\n",
			},
			{file: app, before: '\tcheck: CheckScreen,', put: '\tsize: SizeScreen,\n'},
		],
		asked: [{file: app, naming: 'StepId'}],
	},
	{
		row: 'a way to sign in',
		declared: [
			{
				file: signIn,
				before: '};\n\n/** Something only a person can give',
				put: "\t'sso-url': {readonly profile: string; readonly url: string};\n",
			},
		],
		rest: [
			{
				file: signIn,
				before: '};\nconst all = ',
				put: `	'sso-url': {
		missingCode: 'sso-missing',
		nobodyToAskCode: 'sso-nobody-to-ask',
		shortNeed: 'needs SSO',
		texts: ({profile, url}) => ({
			...mfaCodeTexts({kind: 'mfa-code', profile, serial: url}),
			need: \`a sign-in at \${url}\`,
		}),
	},
`,
			},
		],
		asked: [{file: signIn, naming: 'sso-url'}],
	},
	{
		row: 'a sandbox action',
		declared: [
			{
				file: 'source/sandbox/s3/actions/get-object-torrent.ts',
				put: `import {type GetObjectTorrentOutput, type GetObjectTorrentRequest} from '@aws-sdk/client-s3';
import {type BucketAction} from '../action.js';

export const getObjectTorrent: BucketAction<GetObjectTorrentRequest, GetObjectTorrentOutput> = {
	name: 'GetObjectTorrent',
	target: 'bucket',
	permissions: ['s3:GetObjectTorrent'],
	run: () => ({headers: {}, body: Buffer.from('')}),
};
`,
			},
			{
				file: s3Actions,
				before: 'import {completeMultipartUpload} from',
				put: "import {getObjectTorrent} from './actions/get-object-torrent.js';\n",
			},
			{
				file: s3Actions,
				before: '\tcompleteMultipartUpload,\n\tcopyObject,\n',
				put: '\tgetObjectTorrent,\n',
			},
		],
		rest: [],
		asked: [],
	},
	{
		row: 'what users and roles have alike',
		declared: [
			{
				file: 'source/sandbox/iam/holder-actions.ts',
				before: '\t\taction(`Detach${noun}Policy`',
				put: '\t\taction(`Describe${noun}Policies`, () => ({})),\n',
			},
		],
		rest: [],
		asked: [],
	},
];
