import {type EnvironmentKind} from '../../domain/answers/answers.js';
import {sameEndpoint} from '../../domain/endpoint/recorded-endpoint.js';
import {type ListedHandOver, waitsText} from '../../domain/hand-over/open-hand-over.js';
import {resumableRun, undoableSetUps} from '../../domain/record/resumable.js';
import {type RunRecord} from '../../domain/record/run-record.js';
import {nameOf, type SetUp} from '../../domain/record/set-up.js';
import {endpointTextOf, placeOnAws} from '../../session/state/aws-place.js';
import {completedAnswers} from '../../session/state/defaults.js';
import {type SessionState} from '../../session/state/session-state.js';
import {Choice, choiceKeys, type ChoiceItem} from '../components/fields/choice.js';
import {Clip} from '../components/text/clip.js';
import {Facts} from '../components/text/facts.js';
import {Frame} from '../components/frame/frame.js';
import {Paragraph, Pending} from '../components/text/paragraph.js';
import {ProblemPanel} from '../components/problems/problem-panel.js';
import {useBody} from '../hooks/use-body.js';
import {useHoldKeys} from '../hooks/use-hold-keys.js';
import {type KeyBinding, when} from '../hooks/use-keys.js';
import {useSession, useSessionState} from '../hooks/use-session.js';
import {useTheme} from '../hooks/use-theme.js';
import {useWizardFrame} from '../components/frame/use-wizard-frame.js';
import {type ScreenProps} from '../components/frame/screen-props.js';
import {Text} from '../components/text/text.js';
import {utcText} from '../../domain/text/utc-text.js';

/** Where a new run happens, or a run of before that is gone on with or taken back. */
type Beginning = EnvironmentKind | 'existing' | 'copy' | 'resume' | `hand-over ${string}` | 'undo';

/** So many of the open hand-overs are offered, the newest. */
const offeredHandOvers = 3;
/** With fewer rows no row stays blank; with fewer columns a hand-over is told in few words. */
const roomyRows = 14;
const wideColumns = 100;

const environments: ReadonlyArray<ChoiceItem<Beginning>> = [
	{value: 'aws', label: 'AWS', detail: 'with the profiles of this machine'},
	{value: 'sandbox', label: 'Sandbox', detail: 'embedded; no AWS account needed; gone afterwards'},
];

const existing = {
	value: 'existing',
	label: 'Existing',
	detail: 'diagnose or watch a replication that exists',
} as const;

const copy = {value: 'copy', label: 'Copy', detail: 'objects that exist already, with a job of S3'} as const;

/** What can be begun, given the runs of before. */
const beginnings = (
	state: SessionState,
	{columns, rows}: {readonly columns: number; readonly rows: number},
): ReadonlyArray<ChoiceItem<Beginning>> => {
	const {recordedRuns} = state;
	const resumable = resumableRun(recordedRuns, placeOnAws(state));
	const undoable = undoableSetUps(recordedRuns, placeOnAws(state));
	const [latest] = undoable;
	return [
		...environments,
		...(resumable ? [{value: 'resume', label: 'Resume', ...resumeText(resumable)} as const] : []),
		...handOversHere(state)
			.slice(0, rows >= roomyRows ? offeredHandOvers : 1)
			.map(
				(one) =>
					({
						value: `hand-over ${one.id}`,
						label: 'Hand-over',
						...handOverText(one, columns < wideColumns),
					}) as const,
			),
		...(latest ? [{value: 'undo', label: 'Undo', ...undoText(latest, undoable.length)} as const] : []),
		existing,
		copy,
	];
};

/** The open hand-overs whose calls went where those of their profiles go now. */
const handOversHere = (state: SessionState): readonly ListedHandOver[] => {
	const {endpointUrl, endpointsOf} = placeOnAws(state);
	return state.handOvers.filter((one) =>
		sameEndpoint(one.endpointUrl, endpointsOf(one.sourceProfile)?.s3 ?? endpointUrl),
	);
};

type Said = Pick<ChoiceItem<Beginning>, 'detail' | 'names'>;

const resumeText = (record: RunRecord): Said => {
	const done = record.plannedCount - record.leftToDo;
	return {
		detail: `${utcText(record.header.at)}, ${done} of ${record.plannedCount} done: `,
		names: bucketsText(record),
	};
};

const handOverText = (one: ListedHandOver, isShort: boolean): Said => ({
	detail: `${waitsText(one, isShort)}: `,
	names: `${one.sourceBucket} → ${one.destinationBucket}`,
});

const undoText = (latest: SetUp, count: number): Said => {
	const named = latest.find(({header}) => header.runId === nameOf(latest));
	return count === 1 && named
		? {detail: `the run of ${utcText(named.header.at)}: `, names: bucketsText(named)}
		: {detail: `what one of ${count} runs did`};
};

const bucketsText = ({header}: RunRecord): string => header.ends.map(({bucket}) => bucket).join(' → ');

const profilesText = ({awsProfiles}: SessionState): string => {
	switch (awsProfiles.state) {
		case 'ready': {
			const names = awsProfiles.value.map(({name}) => name);
			if (names.length === 0) return 'none found';
			const shown = names.slice(0, 3).join(', ');
			return `${names.length} found: ${shown}${names.length > 3 ? ' and others' : ''}`;
		}

		case 'failed':
			return 'cannot be read, see below';
		case 'idle':
		case 'loading':
			return 'reading the shared config and credentials files';
	}
};

/** Where it should happen. What was found decides what Enter accepts; both are offered always. */
export const EnvironmentScreen = ({onLeave}: ScreenProps) => {
	const session = useSession();
	const {awsProfiles, environment, answers} = useSessionState();
	const isKnown = awsProfiles.state === 'ready' || awsProfiles.state === 'failed';
	const isOpening = environment.state === 'loading';
	useHoldKeys(!isKnown || isOpening);

	const begin = async (value: Beginning): Promise<void> => {
		if (session.getState().environment.state === 'loading') return;
		session.chooseErrand(value === 'existing' || value === 'copy' ? value : 'set-up');
		if (value === 'aws' || value === 'sandbox') return open(value);
		if (value === 'existing' || value === 'copy') return open('aws');
		const resumable = resumableRun(session.getState().recordedRuns, placeOnAws(session.getState()));
		if (value === 'resume') {
			if (resumable) await session.resume(resumable);
			return;
		}

		const handOver = session.getState().handOvers.find(({id}) => value === `hand-over ${id}`);
		if (handOver) return session.resumeHandOver(handOver);
		session.answer('environment', {environment: 'aws'});
		await session.openEnvironment('aws', true);
		if (session.getState().environment.state === 'ready') await session.openUndo();
	};

	const open = async (kind: EnvironmentKind): Promise<void> => {
		session.answer('environment', {environment: kind});
		// The files may have been changed since they were read.
		await session.openEnvironment(kind, kind === 'aws');
		if (session.getState().environment.state === 'ready') session.next();
	};

	const retry = (): void => {
		void session.lookAround();
		if (environment.state === 'failed' && answers.environment) void open(answers.environment);
	};

	const hasProblem = awsProfiles.state === 'failed' || environment.state === 'failed';
	const bindings: readonly KeyBinding[] = [
		...choiceKeys,
		...when(hasProblem, {keys: ['r'], label: 'try again', action: retry}),
		{keys: ['q'], label: 'quit', action: onLeave},
	];
	return (
		<Frame
			{...useWizardFrame()}
			bindings={bindings}
			helpNotes={[
				'AWS: calls go to your accounts, with the profiles of the shared files.',
				'Existing: reads the rules of any bucket, says what fails and why, and watches.',
				'Hand-over: what you asked of another account’s owner goes on once their file is back.',
				'Sandbox: S3, IAM, STS and KMS inside this program, with two accounts. It ends with the program.',
			]}
		>
			<EnvironmentBody isKnown={isKnown} onChoose={(value) => void begin(value)} />
		</Frame>
	);
};

/** Back here the cursor rests on what was chosen. */
const chosenBefore = (state: SessionState): Beginning => {
	const {errand} = state;
	return errand === 'existing' || errand === 'copy' ? errand : completedAnswers(state).environment;
};

/** What stands above the choice where there is little room, and what it may say in two rows. */
const introRows = 6;

type BodyProps = {readonly isKnown: boolean; readonly onChoose: (value: Beginning) => void};

const EnvironmentBody = ({isKnown, onChoose}: BodyProps) => {
	const state = useSessionState();
	const {columns, rows} = useBody();
	const {awsProfiles, environment, answers} = state;
	const failed = [environment, awsProfiles].find((loadable) => loadable.state === 'failed');
	const isRoomy = rows >= roomyRows;
	const items = beginnings(state, {columns, rows});
	// Whatever can be begun is in sight: a sentence less where there is no room.
	const hasIntro = rows >= items.length + introRows;
	const endpointText = endpointTextOf(state);
	const endpoint = endpointText === undefined ? [] : [{label: 'Endpoint', text: endpointText}];
	return (
		<Clip rows={rows}>
			{isRoomy && <Text> </Text>}
			{hasIntro && (
				<Paragraph text="Sets up S3 replication between two buckets, then proves it with test files." />
			)}
			<Paragraph text="Nothing changes before you approve the plan." />
			{isRoomy && <Text> </Text>}
			<Facts facts={[{label: 'AWS profiles', text: profilesText(state)}, ...endpoint]} />
			{isRoomy && <Text> </Text>}
			<Paragraph role="strong" text="Where should it happen?" />
			{isKnown && (
				<Choice items={items} initialValue={chosenBefore(state)} width={columns} onChoose={onChoose} />
			)}
			{isRoomy && <Text> </Text>}
			{isKnown && environment.state === 'idle' && rows >= 24 && <Welcome state={state} />}
			{environment.state === 'loading' && (
				<Pending text={answers.environment === 'sandbox' ? 'Starting the sandbox' : 'Reading the profiles'} />
			)}
			{failed?.state === 'failed' && <ProblemPanel {...failed.problem} />}
		</Clip>
	);
};

/** What is read, called and kept: said where there is room for it. */
const touched = [
	{label: 'reads', text: 'the shared config and credentials files'},
	{label: 'calls', text: 'S3, IAM and STS; KMS, SQS and CloudWatch where they are used'},
	{label: 'keeps', text: 'a record of each run on this machine, for Resume and Undo; no secrets'},
	{label: 'deletes', text: 'its own test files and what a run created, when you say so'},
];

const latestCount = 5;

/** What a newcomer asks first, and the runs of before. */
const Welcome = ({state}: {readonly state: SessionState}) => {
	const {glyphs} = useTheme();
	const runs = state.recordedRuns.slice(0, latestCount);
	return (
		<>
			<Paragraph role="strong" text="What this program touches" />
			<Facts facts={touched} />
			{runs.length > 0 && <Text> </Text>}
			{runs.length > 0 && <Paragraph role="strong" text="Last runs" />}
			{runs.map((record) => (
				<Paragraph
					key={record.header.runId}
					text={`${utcText(record.header.at)}  ${record.header.ends.map(({bucket}) => bucket).join(` ${glyphs.arrow} `)}`}
				/>
			))}
		</>
	);
};
