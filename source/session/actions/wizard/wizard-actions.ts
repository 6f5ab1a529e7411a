import {runsCommand} from '../../../domain/answers/command-line.js';
import type {Side} from '../../../domain/answers/mode.js';
import {isOthers} from '../../../domain/answers/others-profile.js';
import {foreignProblem} from '../../../domain/plan/plan-problems.js';
import {locateBucket} from '../../../engine/locate-bucket.js';
import {completedAnswers} from '../../state/defaults.js';
import type {Answers, EnvironmentKind} from '../../../domain/answers/answers.js';
import {answersOfRun, isOvertaken} from '../../../domain/record/resumable.js';
import type {OpenHandOver} from '../../../domain/hand-over/open-hand-over.js';
import type {RunRecord} from '../../../domain/record/run-record.js';
import {cancelled, fixable, type Problem, ProblemError} from '../../../domain/problem.js';
import {endpointsByProfile, type ProfileEndpoints} from '../../../domain/endpoint/service-endpoints.js';
import {ranWell} from '../../../domain/sign-in.js';
import type {Environment} from '../../../engine/run/environment.js';
import {loaded, loading} from '../../state/loadable.js';
import {connectionFor} from '../core/connection-for.js';
import type {SessionCore} from '../core/session-core.js';
import {wayOf} from '../../state/reduce-session.js';
import {nextStep, previousStep, type StepId} from '../../state/steps.js';

const parallelIdentityChecks = 4;

/** What a person does on the screens that ask. */
export type WizardActions = {
	/** Begins at the first step that flags have not answered, and opens the environment where they have answered that. */
	readonly start: () => Promise<void>;
	/** Reads the shared files, for the first screen's preselection. */
	readonly lookAround: () => Promise<void>;
	/**
	 * Goes on with a run that stopped: its answers, and the step that follows them. Opens AWS. The run is this session's alone until it
	 * ends; where another one goes on with it, or has done so, the environment has that problem.
	 */
	readonly resume: (record: RunRecord) => Promise<void>;
	/**
	 * Goes on with a hand-over of before, at the plan of what its receipt says. Opens AWS. What keeps its file from being used is the
	 * environment's problem.
	 */
	readonly resumeHandOver: (one: OpenHandOver) => Promise<void>;
	/** Records answers of a step; what depends on a changed one is marked for review. */
	readonly answer: (stepId: StepId, change: Partial<Answers>) => void;
	/** Goes to the next step that has something to ask. */
	readonly next: () => void;
	/** Goes back one step; on the first it stays. */
	readonly back: () => void;
	readonly canGoBack: () => boolean;
	/** Opens AWS or a sandbox; one opened before is ended. `again` opens anew what is open: files are read again. */
	readonly openEnvironment: (kind: EnvironmentKind, again?: boolean) => Promise<void>;
	/** Reads the shared files again and forgets what was asked with them; a sandbox stays as it is. */
	readonly readProfilesAgain: () => Promise<void>;
	readonly loadProfiles: () => Promise<void>;
	/** Asks who a profile is, once; at most four are asked at a time. `again` asks anew. Resolves when the answer is there. */
	readonly checkIdentity: (profile: string, again?: boolean, isQuiet?: boolean) => Promise<void>;
	/** Offers to sign in for a profile, where a command does, and checks it and those of the same sign-in again. */
	readonly signIn: (profile: string) => Promise<void>;
	/** Lists the buckets of a profile's account, once; `again` asks anew. */
	readonly loadBuckets: (profile: string, again?: boolean) => Promise<void>;
	/**
	 * Whether a name that is in no list of the profile's buckets may be used: the problem of one that another account has. What cannot be asked
	 * is no problem here: the plan asks again.
	 */
	readonly nameProblem: (side: Side, bucket: string) => Promise<Problem | undefined>;
};

export function createWizardActions(core: SessionCore): WizardActions {
	const {getState, dispatch, options} = core;
	const {services} = options;
	let checking = 0;
	let opening: {readonly kind: EnvironmentKind; readonly done: Promise<void>} | undefined;
	const checks = new Map<string, Promise<void>>();
	const waitingChecks: Array<() => void> = [];

	async function open(kind: EnvironmentKind): Promise<void> {
		const existing = core.environment;
		checks.clear();
		core.signIn.withdraw();
		dispatch({type: 'environment-replaced'});
		core.environment = undefined;
		await existing?.close();
		const environment = await loaded(async () => {
			const opened = await services.openEnvironment(kind, core.signIn.ask);
			if (core.isClosed) {
				await opened.close();
				throw new ProblemError(cancelled);
			}

			core.environment = opened;
			const {endpoints, endpointUrl} = endpointsOfRun(opened, getState().answers);
			core.emit({
				type: 'run-started',
				runId: core.runId,
				command: options.command,
				sandbox: kind === 'sandbox',
				endpointUrl,
				endpoints,
			});
			return {kind, endpointUrl, endpoints, sandboxFiles: opened.sandboxFiles};
		});
		dispatch({type: 'environment-loaded', environment});
	}

	async function check(profile: string): Promise<void> {
		dispatch({type: 'identity-loaded', profile, identity: loading});
		const {environment} = core;
		if (checking >= parallelIdentityChecks) await new Promise<void>((resolve) => waitingChecks.push(resolve));
		checking++;
		const identity = await loaded(async () => {
			if (!environment) throw new Error('No environment is open.');
			return (await connectionFor(core, environment, profile)).identity.getCaller();
		});
		checking--;
		waitingChecks.shift()?.();
		if (core.environment === environment) dispatch({type: 'identity-loaded', profile, identity});
	}

	/** Keeps others from going on with a run. Throws the problem of a run that others go on with, or have gone on with. */
	async function hold({header: {runId}}: RunRecord): Promise<void> {
		const {records} = services;
		if (!records) return;
		await core.letGo?.();
		core.letGo = undefined;
		const letGo = await records.lock(runId);
		const found = (await records.list()).flatMap((one) => (one.ok ? [one.record] : []));
		const index = found.findIndex(({header}) => header.runId === runId);
		const now = found[index];
		if (now && now.leftToDo > 0 && !isOvertaken(now, found.slice(0, index))) {
			core.letGo = letGo;
			return;
		}

		await letGo();
		throw new ProblemError(resumedElsewhere(runId));
	}

	const actions: WizardActions = {
		async start() {
			const {stepId, answers, answeredByFlags} = getState();
			const looked = actions.lookAround();
			if (answers.environment !== undefined && answeredByFlags.has('environment')) {
				if (answeredByFlags.has(stepId))
					dispatch({type: 'step-entered', stepId: nextStep(stepId, answers, answeredByFlags)});
				await actions.openEnvironment(answers.environment);
			}

			await looked;
		},
		async lookAround() {
			dispatch({type: 'shared-files-opened'});
			const profiles = await loaded(services.findProfiles);
			const found = await (services.records?.list() ?? Promise.resolve([])).catch(() => []);
			const recordedRuns = found.flatMap((one) => (one.ok ? [one.record] : []));
			const handOvers = (await services.handOvers?.list()) ?? [];
			dispatch({type: 'shared-files-read', profiles, recordedRuns, handOvers});
		},
		async resume(record) {
			const held = await loaded(async () => hold(record));
			if (held.state === 'failed') {
				dispatch({type: 'environment-loaded', environment: held});
				return;
			}

			actions.answer('environment', {environment: 'aws', ...answersOfRun(record)});
			await actions.openEnvironment('aws', true);
			if (getState().environment.state !== 'ready') return;
			dispatch({type: 'run-resumed'});
		},
		async resumeHandOver({file, sourceProfile}) {
			const opened = await loaded(async () => services.handOvers?.open(file));
			if (opened.state !== 'ready' || !opened.value) {
				if (opened.state === 'failed') dispatch({type: 'environment-loaded', environment: opened});
				return;
			}

			actions.answer('environment', {environment: 'aws'});
			await actions.openEnvironment('aws', true);
			if (getState().environment.state !== 'ready') return;
			dispatch({type: 'hand-over-opened', handedOver: {receipt: opened.value, file, sourceProfile}});
		},
		answer(stepId, change) {
			dispatch({type: 'step-answered', stepId, change});
		},
		next() {
			dispatch({type: 'step-passed'});
		},
		back() {
			dispatch({type: 'step-left-backwards'});
		},
		canGoBack() {
			const state = getState();
			const {stepId, answers, answeredByFlags, mending} = state;
			return (
				mending !== undefined || previousStep(stepId, answers, answeredByFlags, wayOf(state)) !== undefined
			);
		},
		async openEnvironment(kind, again = false) {
			if (opening?.kind === kind) return opening.done;
			await opening?.done;
			const isOpen = core.environment?.kind === kind && getState().environment.state === 'ready';
			if (isOpen && !again) return;
			const done = open(kind).finally(() => {
				opening = undefined;
			});
			opening = {kind, done};
			await done;
		},
		async readProfilesAgain() {
			const {environment} = core;
			if (environment?.kind !== 'aws') {
				checks.clear();
				dispatch({type: 'accounts-forgotten'});
				return;
			}

			const opened = await loaded(async () => services.openEnvironment('aws', core.signIn.ask));
			if (core.environment !== environment) return;
			if (opened.state !== 'ready') {
				dispatch({type: 'profiles-loaded', profiles: opened});
				return;
			}

			core.environment = opened.value;
			checks.clear();
			core.signIn.withdraw();
			dispatch({type: 'profiles-replaced'});
			await actions.loadProfiles();
			await environment.close();
		},
		async loadProfiles() {
			dispatch({type: 'profiles-loaded', profiles: loading});
			const profiles = await loaded(async () => (await core.environment?.profiles()) ?? []);
			dispatch({type: 'profiles-loaded', profiles});
		},
		async checkIdentity(profile, again = false, isQuiet = false) {
			const existing = checks.get(profile);
			if (existing && (!again || getState().identities[profile]?.state === 'loading')) return existing;
			core.signIn.begin();
			const asked = isQuiet ? core.signIn.quietly(profile, async () => check(profile)) : check(profile);
			checks.set(profile, asked);
			await asked;
		},
		async signIn(profile) {
			const opened = await loaded(async () => core.environment?.connect(profile));
			const connection = opened.state === 'ready' ? opened.value : undefined;
			const command = connection?.signInAdvice.command;
			if (!connection || !command) return;
			core.signIn.begin();
			const isSame = (name: string): boolean => {
				const identity = getState().identities[name];
				const other = identity?.state === 'failed' ? identity.problem.signIn?.command : undefined;
				return name !== profile && other?.join(' ') === command.join(' ');
			};
			const tried = core.signIn.ask({kind: 'sign-in-command', profile, command}, async (answer) => {
				if (answer !== ranWell) return {refusal: answer};
				connection.renewCredentials();
				await actions.checkIdentity(profile, true, true);
				const identity = getState().identities[profile];
				return identity?.state === 'failed' ? {refusal: identity.problem.headline} : {};
			});
			// Who says no wants nothing else.
			if ((await loaded(async () => tried)).state !== 'ready') return;
			const {sourceProfile, destinationProfile} = getState().answers;
			for (const name of [sourceProfile, destinationProfile]) {
				if (name === undefined) continue;
				// The role of one may be behind the sign-in of another.
				const chosen = await loaded(async () => core.environment?.connect(name));
				if (chosen.state === 'ready') chosen.value?.renewCredentials();
			}

			for (const name of Object.keys(getState().identities).filter(isSame))
				void actions.checkIdentity(name, true, true);
		},
		async loadBuckets(profile, again = false) {
			if (getState().buckets[profile] && !again) return;
			core.signIn.begin();
			dispatch({type: 'buckets-loaded', profile, buckets: loading});
			const {environment} = core;
			const buckets = await loaded(async () => {
				if (!environment) throw new Error('No environment is open.');
				return (await connectionFor(core, environment, profile)).buckets.list();
			});
			if (core.environment === environment) dispatch({type: 'buckets-loaded', profile, buckets});
		},
		async nameProblem(side, bucket) {
			const {mode, ...answers} = completedAnswers(getState());
			const profile =
				side === 'source' || mode === 'cross-region' ? answers.sourceProfile : answers.destinationProfile;
			const {environment} = core;
			const own = getState().buckets[profile];
			// Of somebody else's account the name is somebody else's; without the list nobody knows whose a bucket is that may not be looked at.
			if (!environment || isOthers(profile) || own?.state !== 'ready') return undefined;
			const found = await loaded(async () => {
				const connection = await environment.connect(profile);
				const {state} = await locateBucket(bucket, connection, answers[`${side}Region`]);
				const {accountId} = await connection.identity.getCaller();
				return state === 'forbidden' ? foreignProblem(bucket, side, accountId, profile) : undefined;
			});
			return found.state === 'ready' ? found.value : undefined;
		},
	};
	return actions;
}

/** Where the calls of the profiles that are named go, the source's first; of all that are known, where none is. */
function endpointsOfRun(
	opened: Environment,
	{sourceProfile, destinationProfile}: Answers,
): {readonly endpoints: readonly ProfileEndpoints[]; readonly endpointUrl: string | null} {
	const named = [sourceProfile, destinationProfile].flatMap((profile) => {
		const found = profile === undefined ? undefined : opened.endpointsOf(profile);
		return profile !== undefined && found ? [{profile, endpoints: found}] : [];
	});
	const [first] = named;
	if (first) return {endpoints: endpointsByProfile(named), endpointUrl: first.endpoints.s3};
	const places = new Set(opened.endpoints.map(({s3}) => s3));
	const [only] = places;
	const isOne = places.size === 1 && only !== undefined;
	return {endpoints: opened.endpoints, endpointUrl: isOne ? only : opened.endpointUrl};
}

function resumedElsewhere(runId: string): Problem {
	return fixable(
		'run-resumed',
		`Cannot resume run ${runId}: it went on elsewhere`,
		'Another process has meanwhile resumed it, undone it or set up the same buckets. Nothing was changed.',
		[`See what there is: ${runsCommand}`, 'Press r to read the records again.'],
	);
}
