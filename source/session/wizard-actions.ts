import type {AnswerName, Answers, EnvironmentKind} from '../domain/answers/answers.js';
import {fieldRows} from '../domain/answers/answer-table.js';
import {answersOfRun} from '../domain/record/resumable.js';
import {openRecord} from '../domain/open-record.js';
import type {RunRecord} from '../domain/record/run-record.js';
import {cancelled, ProblemError, problemFrom} from '../domain/problem.js';
import {defaultsOf} from './defaults.js';
import {endpointsByProfile, type ProfileEndpoints} from '../domain/endpoint/service-endpoints.js';
import type {Environment} from '../engine/environment.js';
import {idle, type Loadable, loading} from './loadable.js';
import type {SessionCore} from './session-core.js';
import type {SessionState} from './session-state.js';
import {neededSteps, nextStep, previousStep, stepOf, type StepId} from './steps.js';

const parallelIdentityChecks = 4;

/** What a person does on the screens that ask. */
export type WizardActions = {
	/** Begins at the first step that flags have not answered, and opens the environment where they have answered that. */
	readonly start: () => Promise<void>;
	/** Reads the shared files, for the first screen's preselection. */
	readonly lookAround: () => Promise<void>;
	/** Goes on with a run that stopped: its answers, and the step that follows them. Opens AWS. */
	readonly resume: (record: RunRecord) => Promise<void>;
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
	readonly checkIdentity: (profile: string, again?: boolean) => Promise<void>;
	/** Lists the buckets of a profile's account, once; `again` asks anew. */
	readonly loadBuckets: (profile: string, again?: boolean) => Promise<void>;
};

export function createWizardActions(core: SessionCore): WizardActions {
	const {getState, update, options} = core;
	const {services} = options;
	let checking = 0;
	let opening: {readonly kind: EnvironmentKind; readonly done: Promise<void>} | undefined;
	const checks = new Map<string, Promise<void>>();
	const waitingChecks: Array<() => void> = [];

	const setIn = <Key extends 'identities' | 'buckets'>(
		key: Key,
		profile: string,
		value: SessionState[Key][string],
	): void => {
		update((state) => ({[key]: Object.assign(openRecord(), state[key], {[profile]: value})}));
	};

	async function open(kind: EnvironmentKind): Promise<void> {
		const existing = core.environment;
		checks.clear();
		core.mfa.withdraw();
		update(() => ({environment: loading, profiles: idle, identities: openRecord(), buckets: openRecord()}));
		core.environment = undefined;
		await existing?.close();
		const environment = await loaded(async () => {
			const opened = await services.openEnvironment(kind, core.mfa.ask);
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
		update(() => ({environment}));
	}

	async function check(profile: string): Promise<void> {
		setIn('identities', profile, loading);
		const {environment} = core;
		if (checking >= parallelIdentityChecks) await new Promise<void>((resolve) => waitingChecks.push(resolve));
		checking++;
		const identity = await loaded(async () => {
			if (!environment) throw new Error('No environment is open.');
			return (await environment.connect(profile)).identity.getCaller();
		});
		checking--;
		waitingChecks.shift()?.();
		if (core.environment === environment) setIn('identities', profile, identity);
	}

	const actions: WizardActions = {
		async start() {
			const {stepId, answers, answeredByFlags} = getState();
			const looked = actions.lookAround();
			if (answers.environment !== undefined && answeredByFlags.has('environment')) {
				if (answeredByFlags.has(stepId)) update(() => ({stepId: nextStep(stepId, answers, answeredByFlags)}));
				await actions.openEnvironment(answers.environment);
			}

			await looked;
		},
		async lookAround() {
			update(() => ({awsProfiles: loading}));
			const awsProfiles = await loaded(services.findProfiles);
			const found = await (services.records?.list() ?? Promise.resolve([])).catch(() => []);
			const recordedRuns = found.flatMap((one) => (one.ok ? [one.record] : []));
			update(() => ({awsProfiles, recordedRuns}));
		},
		async resume(record) {
			actions.answer('environment', {environment: 'aws', ...answersOfRun(record)});
			await actions.openEnvironment('aws', true);
			if (getState().environment.state !== 'ready') return;
			update(({answers}) => {
				const walk = neededSteps(answers).map(({id}) => id);
				const at = walk.indexOf('options') + 1;
				return {stepId: walk[at] ?? 'plan', passed: new Set(walk.slice(0, at)), hasComeBack: false};
			});
		},
		answer(stepId, change) {
			update((state) => {
				const names = Object.keys(change) as AnswerName[];
				const hasChanged = names.some((name) => state.answers[name] !== change[name]);
				const review = new Set(state.review);
				review.delete(stepId);
				if (hasChanged) {
					for (const affected of stepOf(stepId).affects) if (state.passed.has(affected)) review.add(affected);
				}

				return {
					answers: {...state.answers, ...unfixed(state), ...change},
					review,
					plan: idle,
					planProblems: [],
					planChanges: hasChanged ? [] : state.planChanges,
				};
			});
		},
		next() {
			update((state) => ({
				passed: new Set([...state.passed, state.stepId]),
				stepId: nextStep(state.stepId, state.answers, state.answeredByFlags),
				hasComeBack: false,
			}));
		},
		back() {
			update((state) => ({
				stepId: previousStep(state.stepId, state.answers, state.answeredByFlags) ?? state.stepId,
				hasComeBack: true,
			}));
		},
		canGoBack() {
			const {stepId, answers, answeredByFlags} = getState();
			return previousStep(stepId, answers, answeredByFlags) !== undefined;
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
				update(() => ({identities: openRecord(), buckets: openRecord()}));
				return;
			}

			const opened = await loaded(async () => services.openEnvironment('aws', core.mfa.ask));
			if (core.environment !== environment) return;
			if (opened.state !== 'ready') {
				update(() => ({profiles: opened}));
				return;
			}

			core.environment = opened.value;
			checks.clear();
			core.mfa.withdraw();
			update(() => ({profiles: idle, identities: openRecord(), buckets: openRecord()}));
			await actions.loadProfiles();
			await environment.close();
		},
		async loadProfiles() {
			update(() => ({profiles: loading}));
			const profiles = await loaded(async () => (await core.environment?.profiles()) ?? []);
			update(() => ({profiles}));
		},
		async checkIdentity(profile, again = false) {
			const existing = checks.get(profile);
			if (existing && (!again || getState().identities[profile]?.state === 'loading')) return existing;
			core.mfa.begin();
			const asked = check(profile);
			checks.set(profile, asked);
			await asked;
		},
		async loadBuckets(profile, again = false) {
			if (getState().buckets[profile] && !again) return;
			core.mfa.begin();
			setIn('buckets', profile, loading);
			const {environment} = core;
			const buckets = await loaded(async () => {
				if (!environment) throw new Error('No environment is open.');
				return (await environment.connect(profile)).buckets.list();
			});
			if (core.environment === environment) setIn('buckets', profile, buckets);
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

/** What was recorded with its default's value goes on following its default when other answers change. */
function unfixed(state: SessionState): Partial<Answers> {
	const defaults: Answers = defaultsOf(state);
	const fixed = fieldRows.filter(
		([name]) => state.answers[name] !== undefined && state.answers[name] === defaults[name],
	);
	return Object.fromEntries(fixed.map(([name]) => [name, undefined]));
}

/** The value, or the problem that kept it away. */
async function loaded<T>(load: () => Promise<T>): Promise<Loadable<T>> {
	try {
		return {state: 'ready', value: await load()};
	} catch (error) {
		return {state: 'failed', problem: problemFrom(error)};
	}
}
