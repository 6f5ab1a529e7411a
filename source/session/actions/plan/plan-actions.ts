import {type Answers, fileCountOf} from '../../../domain/answers/answers.js';
import {batchCommandOf} from '../../../domain/answers/command-line.js';
import {isOthers} from '../../../domain/answers/others-profile.js';
import {ownSideOf} from '../../../domain/hand-over/asked.js';
import type {OthersEnd} from '../../../domain/hand-over/others-end.js';
import {ownPartOf} from '../../../domain/hand-over/own-part.js';
import {makePlan, type PlanResult} from '../../../domain/plan/make-plan.js';
import {changeCount, type Plan} from '../../../domain/plan/plan.js';
import {changesBetween, isFresh} from '../../../domain/plan/plan-changes.js';
import type {Observed} from '../../../domain/observed/observed.js';
import {problemFrom} from '../../../domain/problem.js';
import {type ReplicationRequest, requestFrom} from '../../../domain/answers/request.js';
import {apply} from '../../../engine/run/apply.js';
import {endpointsByProfile} from '../../../domain/endpoint/service-endpoints.js';
import {isRuleNew, takenByPlan, withExisting} from '../../../domain/batch/existing-objects.js';
import {plannedKindOf} from '../../../domain/operations/registry.js';
import {lookForExisting} from '../../../engine/batch/existing-objects.js';
import {type Connections, referenceOf} from '../../../engine/connections.js';
import {observe, startObserving} from '../../../engine/observe/observe.js';
import {opened} from '../../../engine/settled.js';
import type {RunContext} from '../core/run-context.js';
import type {Check} from '../../../domain/checks/check.js';
import {check, type CheckOptions} from '../../../engine/check/check.js';
import type {SessionCore} from '../core/session-core.js';

const endpointsOfBoth = ({source, destination}: Connections) =>
	endpointsByProfile([source, destination].filter(({profile}) => !isOthers(profile)));

/** Planning, and doing what the plan says. */
export type PlanActions = {
	/**
	 * Reads what is there, checks everything that could go wrong, and makes the plan. Changes nothing. Of an end that is somebody else's it
	 * takes what is known of it, and plans the own part.
	 */
	readonly makePlan: (answers: Answers, known?: Partial<OthersEnd>) => Promise<PlanResult>;
	/**
	 * Does what the plan says. Gives whether all of it was done.
	 * Where the plan is not fresh any more, everything is read again in one parallel step before the first write. If more than the plan
	 * has shown would be written then, nothing is: the session has a new plan, and `planChanges` says what somebody changed.
	 */
	readonly apply: () => Promise<boolean>;
	/** The plan and the connections it was made with. Throws where there is none. */
	readonly planned: () => {readonly plan: Plan; readonly connections: Connections};
	/** The plan as everything shows it now, told to nobody. Throws where there is none. */
	readonly planAgain: () => Promise<PlanResult>;
	/** What the last plan was made from. Throws where there is none. */
	readonly read: () => {
		readonly answers: Answers;
		readonly request: ReplicationRequest;
		readonly observed: Observed;
	};
};

export function createPlanActions(context: RunContext): PlanActions {
	const {core, signal} = context;
	const {getState, dispatch, emit, options} = core;
	const {clock} = options.services;
	let planning = 0;
	let connections: Connections | undefined;
	let shown:
		| {readonly request: ReplicationRequest; readonly readAt: number; readonly observed: Observed}
		| undefined;
	let others: Partial<OthersEnd> | undefined;
	let last: Answers | undefined;

	/** The plan as everything read shows it now, and who the callers are. */
	async function planFrom(
		request: ReplicationRequest,
		reading: Promise<Observed>,
		isQuiet = false,
	): Promise<PlanResult> {
		const observed = await reading;
		shown = {request, readAt: clock.now(), observed};
		for (const side of ['source', 'destination'] as const) {
			if (isQuiet || isOthers(request[side].profile)) continue;
			emit({
				type: 'caller-identified',
				side,
				profile: request[side].profile,
				caller: observed[side].caller,
			});
		}

		const result = makePlan(request, observed);
		const own = ownSideOf(request);
		return result.ok && own ? {ok: true, plan: ownPartOf(result.plan, own, others)} : result;
	}

	async function observedPlan(request: ReplicationRequest, isQuiet = false): Promise<PlanResult> {
		try {
			connections = await context.connect(request.source.profile, request.destination.profile, others);
			return await planFrom(request, observe(request, connections, signal), isQuiet);
		} catch (error) {
			return {ok: false, problems: [problemFrom(error)]};
		}
	}

	/** The plan, where no check has a problem; what keeps it from being made is told by the checks. */
	async function checkedPlan(
		request: ReplicationRequest,
		answers: Answers,
		isWanted: () => boolean,
	): Promise<PlanResult> {
		try {
			connections = await context.connect(request.source.profile, request.destination.profile, others);
			const observing = startObserving(request, connections, signal);
			const planned = planFrom(request, opened(observing.all));
			planned.catch(() => undefined);
			const checks = await runChecks(
				core,
				{
					request,
					connections,
					observing,
					planned,
					fileCount: fileCountOf(answers),
					nowMs: clock.now(),
					signal,
				},
				isWanted,
			);
			const problems = checks.flatMap(({result, problem}) =>
				result === 'problem' && problem ? [problem] : [],
			);
			return problems.length > 0 ? {ok: false, problems} : await planned;
		} catch (error) {
			return {ok: false, problems: [problemFrom(error)]};
		}
	}

	/** A plan says how many objects its rule will not copy, where that can be seen. */
	async function saying(result: PlanResult): Promise<PlanResult> {
		if (!result.ok || !connections || isOthers(connections.source.profile)) return result;
		const {plan} = result;
		const taken = takenByPlan(plan);
		const isThere = !plan.operations.some(
			({target, change, kind}) =>
				target === plan.source.bucket && change === 'create' && plannedKindOf(kind).makesTarget,
		);
		if (!taken || !isThere) return result;
		const {objects} = connections.source;
		const existing = await lookForExisting(
			objects,
			referenceOf(plan.source),
			{...taken, isNew: isRuleNew(plan)},
			signal,
		);
		if (!existing) return result;
		const {bucket, profile} = plan.source;
		const others = isOthers(plan.destination.profile) ? [] : [plan.destination.profile];
		const of = {bucket, profile, destinationProfiles: others};
		const command = batchCommandOf(of, context.here.endpointUrl);
		return {ok: true, plan: withExisting(plan, {...existing, command})};
	}

	function take(result: PlanResult): void {
		if (result.ok) {
			emit({type: 'plan-made', plan: result.plan, endpoints: connections && endpointsOfBoth(connections)});
		} else {
			dispatch({type: 'planning-failed', problems: result.problems});
		}
	}

	/** The plan that may be applied: the one that was shown, or one that writes nothing else. `undefined`: somebody has to look again. */
	async function currentPlan(plan: Plan): Promise<Plan | undefined> {
		if (!shown || changeCount(plan) === 0 || isFresh(shown.readAt, clock.now())) return plan;
		const result = await observedPlan(shown.request);
		if (!result.ok) {
			take(result);
			return undefined;
		}

		const changes = changesBetween(plan.operations, result.plan.operations);
		const isAsShown =
			changes.length === 0 &&
			result.plan.operations.every(({change}, index) => change === plan.operations[index]?.change);
		if (isAsShown) return plan;
		if (changes.length > 0) emit({type: 'plan-outdated', changes});
		take(result);
		return changes.length > 0 ? undefined : result.plan;
	}

	function planned(): ReturnType<PlanActions['planned']> {
		const {plan} = getState().run;
		if (!plan || !connections) throw new Error('There is no plan.');
		return {plan, connections};
	}

	return {
		async makePlan(answers, known) {
			others = known;
			last = answers;
			const asked = requestFrom(answers);
			const current = ++planning;
			dispatch({type: 'planning-started'});
			const isCurrent = (): boolean => current === planning && getState().planning.state === 'loading';
			const result = asked.ok ? await saying(await checkedPlan(asked.request, answers, isCurrent)) : asked;
			// The answers have changed meanwhile, or another plan is being made: nobody may apply this one.
			if (!isCurrent()) return result;
			take(result);
			return result;
		},
		async apply() {
			const {plan} = planned();
			await context.applying(async () => {
				const current = await currentPlan(plan);
				if (!current) return 'withheld';
				const ends = [current.source, current.destination];
				const recorder = changeCount(current) > 0 ? await context.recorder(ends, current) : undefined;
				await recorder?.planned(current.operations);
				await context.play(apply({...planned(), plan: current, clock, signal, recorder}));
				return undefined;
			});
			return getState().phase === 'applied';
		},
		planned,
		async planAgain() {
			if (!shown) throw new Error('Nothing was planned.');
			return observedPlan(shown.request, true);
		},
		read() {
			if (!shown || !last) throw new Error('Nothing was planned.');
			return {...shown, answers: last};
		},
	};
}

/**
 * Runs the checks and tells each as it comes, as long as somebody waits for these: answers that have changed meanwhile make
 * them worth nothing. Gives all of them.
 */
async function runChecks(
	{emit}: SessionCore,
	options: CheckOptions,
	isWanted: () => boolean,
): Promise<readonly Check[]> {
	let checks: readonly Check[] = [];
	for await (const event of check(options)) {
		if (event.type === 'checks-finished') checks = event.checks;
		if (isWanted()) emit(event);
	}

	return checks;
}
