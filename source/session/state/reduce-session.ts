import {openRecord} from '../../domain/open-record.js';
import {othersProfile} from '../../domain/answers/others-profile.js';
import {undoChangeCount} from '../../domain/undo/undo-plan.js';
import {idle, loading} from './loadable.js';
import {isPlanned, isPlanning, notPlanned} from './planning.js';
import {reduceRun} from './reduce-run.js';
import {changesOf} from './run-state.js';
import {withAnswers} from './with-answers.js';
import type {StateEvent} from './session-event.js';
import type {Phase, SessionState} from './session-state.js';
import {neededSteps, nextStep, previousStep, type Way} from './steps.js';

/**
 * The state of a session after an event, its own or one of its run. Pure: gives a new state and leaves the old one as it was;
 * the same one where nothing in it changes.
 */
export function reduceSession(state: SessionState, event: StateEvent): SessionState {
	switch (event.type) {
		case 'step-entered':
			return {...state, stepId: event.stepId};
		case 'step-answered':
			return withAnswers(state, event.stepId, event.change);
		case 'step-passed':
			return {
				...withoutCopying(state),
				passed: new Set([...state.passed, state.stepId]),
				stepId: nextStep(state.stepId, state.answers, state.answeredByFlags, wayOf(state)),
				// A mend is over once it is applied.
				...(state.stepId === 'apply' ? withoutMend(state) : {}),
				hasComeBack: false,
			};
		case 'errand-chosen':
			return {...state, errand: event.errand, mending: undefined};
		case 'mend-opened': {
			const {environment} = state.answers;
			return {
				...atPlan(state),
				mending: {origin: state.stepId, answers: state.answers},
				answers: {...event.answers, environment},
			};
		}

		case 'step-left-backwards': {
			const {mending} = state;
			if (mending && state.stepId === 'plan')
				return {...state, stepId: mending.origin, ...withoutMend(state), hasComeBack: true};
			const {handedOver} = state;
			if (handedOver && state.stepId === 'plan')
				return {
					...state,
					stepId: 'environment',
					handedOver: undefined,
					answers: handedOver.before,
					passed: new Set(),
					hasComeBack: true,
				};
			const before = previousStep(state.stepId, state.answers, state.answeredByFlags, wayOf(state));
			return {...withoutCopying(state), stepId: before ?? state.stepId, hasComeBack: true};
		}

		case 'run-resumed': {
			const walk = neededSteps(state.answers).map(({id}) => id);
			const at = walk.indexOf('options') + 1;
			return {
				...state,
				stepId: walk[at] ?? 'plan',
				passed: new Set(walk.slice(0, at)),
				hasComeBack: false,
			};
		}

		case 'hand-over-opened': {
			const {handedOver} = event;
			const {receipt, sourceProfile} = handedOver;
			return {
				...atPlan(state),
				passed: new Set(['environment']),
				handedOver: {...handedOver, before: state.handedOver?.before ?? state.answers},
				// The file says nothing of test files, and no screen asks for them: the watch uploads some on a key.
				answers: {
					...{...receipt.answers, testFileCount: 0},
					...{sourceProfile, destinationProfile: othersProfile(receipt.destination.accountId)},
				},
			};
		}

		case 'shared-files-opened':
			return {...state, awsProfiles: loading};
		case 'shared-files-read':
			return {
				...state,
				awsProfiles: event.profiles,
				recordedRuns: event.recordedRuns,
				handOvers: event.handOvers,
			};
		case 'environment-replaced':
			return {...withoutAccounts(state), environment: loading, profiles: idle};
		case 'environment-loaded':
			return {...state, environment: event.environment};
		case 'profiles-replaced':
			return {...withoutAccounts(state), profiles: idle};
		case 'profiles-loaded':
			return {...state, profiles: event.profiles};
		case 'accounts-forgotten':
			return withoutAccounts(state);
		case 'identity-loaded':
			return {...state, identities: withEntry(state.identities, event.profile, event.identity)};
		case 'buckets-loaded':
			return {...state, buckets: withEntry(state.buckets, event.profile, event.buckets)};
		case 'rules-loaded':
			return {...state, rules: withEntry(state.rules, event.bucket, event.rules)};
		case 'diagnosis-loaded':
			return {...state, diagnosis: event.diagnosis};
		case 'destination-profile-named': {
			const named = new Set([...state.destinationProfiles, event.profile]);
			return {...state, destinationProfiles: [...named]};
		}

		case 'watched-rule-chosen':
			return {...state, watchedRuleId: event.ruleId};
		case 'keys-loaded':
			return {...state, keys: withEntry(state.keys, event.place, event.keys)};
		case 'sign-in-question-changed':
			return {...state, signInQuestion: event.question};
		case 'planning-started':
			return {
				...state,
				planning: isPlanning,
				phase: 'asking',
				watchProblem: undefined,
				run: {...state.run, checks: [], checksFinishedAt: undefined},
			};
		case 'planning-failed':
			return {...state, planning: {state: 'failed', problems: event.problems}};
		case 'plan-made':
			return {...state, planning: isPlanned, run: reduceRun(state.run, event)};
		case 'plan-outdated':
			return {...state, planChanges: event.changes};
		case 'record-begun':
			return {...state, isRecorded: true, ...(event.runId === undefined ? {} : {recordedAs: event.runId})};
		case 'apply-started':
			return {...state, phase: 'applying', applyProblem: undefined, planChanges: []};
		case 'apply-withheld':
			return {...state, phase: 'asking'};
		case 'apply-prevented':
			return {...state, applyProblem: event.problem};
		case 'apply-ended':
			return {...state, phase: isAllDone(state) ? 'applied' : 'apply-failed'};
		case 'apply-forgone': {
			const operations = state.run.operations.filter((one) => one.state === 'done');
			return {...state, phase: 'asking', run: {...state.run, plan: undefined, operations}};
		}

		case 'undo-opened': {
			const {phase, stepId, run: before} = state;
			const origin = phase === 'apply-failed' ? 'apply' : stepId === 'watch' ? 'watch' : 'environment';
			return {...state, undoing: {choices: [], planning: isPlanning, origin, before}, planChanges: []};
		}

		case 'undo-choices-found': {
			const {undoing} = state;
			return undoing
				? {...state, undoing: {...undoing, choices: event.choices, planning: notPlanned}}
				: state;
		}

		case 'undo-planning-changed': {
			const {planning} = event;
			const {undoing} = state;
			const plan = planning.state === 'ready' ? state.run.undo : undefined;
			// Nothing is left to do: what kept its record from saying so is no matter.
			const applyProblem = plan && undoChangeCount(plan) === 0 ? undefined : state.applyProblem;
			return undoing
				? {...state, applyProblem, undoing: {...undoing, planning}, phase: 'asking'}
				: {...state, applyProblem};
		}

		case 'undo-ended': {
			const isDone = isAllDone(state);
			return {
				...state,
				phase: isDone ? 'applied' : 'apply-failed',
				alsoUndoable: isDone ? event.alsoUndoable : undefined,
				recordedRuns: event.recordedRuns ?? state.recordedRuns,
			};
		}

		case 'undo-closed': {
			const {undoing, run, stepId, planning} = state;
			const isFromWatch = undoing?.origin === 'watch';
			return {
				...state,
				undoing: undefined,
				phase: isFromWatch ? 'watched' : 'asking',
				planning: isFromWatch ? planning : notPlanned,
				planChanges: [],
				applyProblem: undefined,
				stepId: undoing?.origin === 'apply' ? 'plan' : stepId,
				run: isFromWatch ? undoing.before : {...run, undo: undefined, operations: []},
			};
		}

		case 'copy-opened': {
			const {run, phase, planning} = state;
			return {
				...state,
				copying: {stage: event.stage, before: {run, phase, planning}},
				copyProblem: undefined,
			};
		}

		case 'copy-closed':
			return withoutCopying(state);
		case 'copy-moved': {
			const {copying} = state;
			if (!copying) return state;
			const {stage, problem} = event;
			// Whoever has come so far has done something, and may leave.
			const isBegun = stage === 'following' || stage === 'ended';
			return {
				...state,
				copying: {stage, before: copying.before, ...(problem ? {problem} : {})},
				copyProblem: problem,
				...(isBegun && state.phase === 'asking' ? {phase: 'applied'} : {}),
			};
		}

		case 'interrupted':
			return {...state, interrupts: state.interrupts + 1};
		case 'watch-requested': {
			const {filesWanted, countsOthers, testFileFolder} = event;
			return {
				...state,
				phase: 'watching',
				watchProblem: undefined,
				isWatchStopped: false,
				...{filesWanted, countsOthers, testFileFolder},
			};
		}

		case 'files-added':
			return {...state, filesWanted: state.filesWanted + event.count};
		case 'watch-stopped':
			return {...state, isWatchStopped: true};
		case 'watch-prevented':
			return {...state, phase: 'watch-failed', watchProblem: event.problem};
		case 'watch-ended': {
			if (state.phase !== 'watching') return state;
			const {problem} = event;
			return problem
				? {...state, phase: 'watch-failed', watchProblem: problem}
				: {...state, phase: 'watched'};
		}

		case 'run-finished':
			return {...state, phase: 'over', run: reduceRun(state.run, event)};
		default: {
			const run = reduceRun(state.run, event);
			return run === state.run ? state : {...state, run};
		}
	}
}

/** At the plan, which is still to be made. */
function atPlan(state: SessionState): SessionState {
	return {...state, stepId: 'plan', planning: notPlanned, planChanges: [], hasComeBack: false};
}

/** Which way somebody is on. */
export function wayOf({
	errand,
	mending,
	handedOver,
	copying,
	run,
}: Pick<SessionState, 'errand' | 'mending' | 'handedOver' | 'copying' | 'run'>): Way {
	const {plan} = copying?.before.run ?? run;
	return {
		errand,
		isMending: mending !== undefined,
		isHandedOver: handedOver !== undefined,
		hasExisting: plan?.existing !== undefined,
	};
}

/** A watch that was stopped for a job goes on as it was; who had done nothing before has done something now. */
function phaseAfter(before: Phase, now: Phase): Phase {
	if (before === 'asking') return now;
	return before === 'watching' || before === 'watch-failed' ? 'watched' : before;
}

/** The run as it was before objects that exist already were copied, with what became of them; what that has made still counts. */
function withoutCopying(state: SessionState): SessionState {
	const {copying, run, phase} = state;
	if (!copying) return state;
	const {before} = copying;
	const isBeside = before.run.plan !== undefined && run.plan !== before.run.plan;
	return {
		...state,
		copying: undefined,
		planning: before.planning,
		phase: phaseAfter(before.phase, phase),
		run: isBeside
			? {
					...run,
					plan: before.run.plan,
					operations: before.run.operations,
					changedBefore: new Map([...before.run.changedBefore, ...changesOf(run)]),
					applyStartedAt: before.run.applyStartedAt,
				}
			: run,
	};
}

/** What was asked before a rule was mended counts again. */
function withoutMend({mending}: SessionState): Partial<SessionState> {
	return mending ? {mending: undefined, answers: mending.answers} : {};
}

function isAllDone({applyProblem, run}: SessionState): boolean {
	return !applyProblem && run.operations.every(({state}) => state === 'done');
}

/** Without what was asked with the profiles that there were. */
function withoutAccounts(state: SessionState): SessionState {
	return {
		...state,
		identities: openRecord(),
		buckets: openRecord(),
		rules: openRecord(),
		keys: openRecord(),
	};
}

/** A profile may have any name, those that every object has among them. */
function withEntry<Value>(
	entries: Readonly<Record<string, Value>>,
	name: string,
	value: Value,
): Readonly<Record<string, Value>> {
	return openRecord({...entries, [name]: value});
}
