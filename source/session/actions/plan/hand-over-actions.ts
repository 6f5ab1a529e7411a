import {receiptCommandOf} from '../../../domain/answers/command-line.js';
import {type Answers, defaultChain} from '../../../domain/answers/answers.js';
import type {Side} from '../../../domain/answers/mode.js';
import {othersProfile} from '../../../domain/answers/others-profile.js';
import {requestBack} from '../../../domain/answers/way-back.js';
import {bucketOfArn} from '../../../domain/arn.js';
import {type Asked, askedOf, sha256Of} from '../../../domain/hand-over/asked.js';
import {
	changedProblem,
	fileNameOf,
	openProblem,
	otherAccountProblem,
	unconfirmedProblem,
} from '../../../domain/hand-over/hand-over-problems.js';
import {
	type Confirmation,
	type Receipt,
	receiptAnswers,
	receiptHash,
	receiptText,
} from '../../../domain/hand-over/receipt.js';
import {plannedKindOf} from '../../../domain/operations/registry.js';
import {changeCount, type Plan} from '../../../domain/plan/plan.js';
import {plannedRules} from '../../../domain/plan/planned-rules.js';
import {joined, type Problem, ProblemError, problemFrom} from '../../../domain/problem.js';
import {chooseRole} from '../../../domain/role/choose-role.js';
import type {PlanActions} from './plan-actions.js';
import type {RunContext} from '../core/run-context.js';

/** The hand-over between two owners, neither of whom has the other's credentials. */
export type HandOverActions = {
	/** Writes what the destination's owner must do for the plan that is there. Changes nothing in AWS. Throws what stands in the way. */
	readonly handOver: (file?: string) => Promise<string>;
	/** Plans what the destination's side still lacks of a receipt. Changes nothing. Throws what stands in the way. */
	readonly planReceived: (receipt: Receipt, destinationProfile: string) => Promise<Plan>;
	/** Writes that the destination's side is done, or that it is not. Gives the problem of what is left. */
	readonly confirmReceived: (receipt: Receipt, file: string) => Promise<Problem | undefined>;
	/**
	 * Plans the source's side of a receipt. Of one that is not confirmed only what the other side waits for: in a two-way set-up each is the
	 * other's destination. Throws the problem of one for which nothing is left to do but to wait, and of what changed since.
	 */
	readonly planConfirmed: (receipt: Receipt, sourceProfile: string, file: string) => Promise<Plan>;
	/** The same of the hand-over that the wizard goes on with, its file read anew. What stands in the way is what planning ran into. */
	readonly planHandedOver: () => Promise<void>;
	/** Notes that what a confirmed receipt asks for is set up, where that was applied last. */
	readonly endHandOver: () => Promise<void>;
};

export function createHandOverActions(context: RunContext, plans: PlanActions): HandOverActions {
	const {core, here, signal} = context;
	const {getState, dispatch, emit, options} = core;
	/** The confirmed receipt that was planned last, and the answers that it was planned with. */
	let goneOnWith: {readonly id: string; readonly answers: Answers} | undefined;

	async function save(file: string, receipt: Receipt, format: string, next: (place: string) => string) {
		const {receipts} = options.services;
		if (!receipts) throw new Error('There is nowhere to write receipts to.');
		const place = await receipts.save(file, receiptText(receipt));
		emit({type: 'export-written', format, files: [place], leftOut: [], nextStep: next(place)});
		return place;
	}

	/** The plan, made with one profile of the receipt's account. */
	async function planned(
		receipt: Receipt,
		side: Side,
		answers: Answers,
		known: Parameters<PlanActions['makePlan']>[1],
	): Promise<Plan> {
		const profile = answers[`${side}Profile`] ?? defaultChain;
		const {identity} = await context.connection(profile);
		const {accountId} = await identity.getCaller(signal);
		if (accountId !== receipt[side].accountId)
			throw new ProblemError(otherAccountProblem(profile, accountId, side, receipt[side]));
		const result = await plans.makePlan(answers, known);
		if (!result.ok) throw new ProblemError(joined(result.problems));
		return result.plan;
	}

	function differencesFrom({asked, source}: Receipt, side: Side): readonly string[] {
		const {request, observed} = plans.read();
		const now = askedOf(request, observed);
		const {arn} = chooseRole(request, observed);
		return [
			...(arn === source.roleArn ? [] : [`The role is ${arn} now; the receipt says ${source.roleArn}.`]),
			...askedDifferences(asked, now),
			// Rules that somebody wrote since would be judged by nobody: less to do, and all that was written by this receipt, is none.
			...(side === 'source' &&
			sha256Of(observed.source.replication ?? null) !== source.rulesSha256 &&
			changeCount(getState().run.plan as Plan) > 0
				? [`The rules of ${source.bucket} were changed by somebody.`]
				: []),
		];
	}

	const actions: HandOverActions = {
		async handOver(file) {
			const {plan} = getState().run;
			if (!plan) throw new Error('There is no plan.');
			const {answers, request, observed} = plans.read();
			const {source, destination} = plan;
			const rules = plannedRules(request, observed);
			const receipt: Receipt = {
				answers: receiptAnswers(answersOf(answers, plan)),
				source: {
					...endOf(source),
					partition: observed.source.caller.partition,
					roleArn: chooseRole(request, observed).arn,
					isLocked: observed.source.objectLock?.isEnabled ?? false,
					rulesSha256: sha256Of(observed.source.replication ?? null),
				},
				destination: endOf(destination),
				rules: rules.ok
					? rules.configuration.Rules.filter(
							({Destination: {Bucket: arn}}) => bucketOfArn(arn) === destination.bucket,
						)
					: [],
				asked: askedOf(request, observed),
			};
			const written = file ?? `${source.bucket}-receipt.json`;
			const place = await save(written, receipt, 'receipt', (saved) => {
				const name = fileNameOf(saved);
				const apply = receiptCommandOf('apply', written, {sourceProfile: source.profile}, here.endpointUrl);
				const theirs = receiptCommandOf('diagnose', name, {destinationProfile: 'NAME'}, here.endpointUrl);
				return [
					...(plan.back ? [`Make this side ready: ${apply}`] : []),
					`Send the file to the owner of account ${destination.accountId}, who runs: ${theirs}`,
					`Once it is back, run: ${apply}`,
				].join('\n');
			});
			// The file is what counts: without a note the wizard does not list it.
			await options.services.handOvers
				?.note({
					...{id: receiptHash(receipt), file: place, at: options.services.clock.now()},
					...{sourceProfile: source.profile, sourceBucket: source.bucket},
					...{destinationBucket: destination.bucket, destinationAccountId: destination.accountId},
					endpointUrl: core.environment?.endpointsOf(source.profile)?.s3 ?? null,
				})
				.catch(() => undefined);
			return place;
		},
		async planReceived(receipt, destinationProfile) {
			const {source, rules} = receipt;
			const {region, partition, roleArn, isLocked} = source;
			const answers = {
				...receipt.answers,
				sourceProfile: othersProfile(source.accountId),
				destinationProfile,
			};
			const plan = await planned(receipt, 'destination', answers, {
				...{partition, region, roleArn, isLocked, rules},
			});
			const differences = differencesFrom(receipt, 'destination');
			if (differences.length > 0)
				throw new ProblemError(changedProblem(differences, receipt, here.endpointUrl));
			return plan;
		},
		async confirmReceived({confirmation: before, ...receipt}, file) {
			const now = await plans.planAgain();
			if (!now.ok) throw new ProblemError(joined(now.problems));
			const left = changeCount(now.plan);
			const {destination, source} = receipt;
			if (left > 0) {
				// What was confirmed before holds no longer.
				if (before) await options.services.receipts?.save(file, receiptText(receipt));
				return openProblem(receipt, left);
			}

			const {request, observed} = plans.read();
			const back = requestBack(request);
			const {policy, key} = observed.destination;
			const read = key?.state === 'existing' && key.policy?.state === 'read' ? [key] : [];
			const confirmation: Confirmation = {
				accountId: destination.accountId,
				at: new Date(options.services.clock.now()).toISOString(),
				of: receiptHash(receipt),
				policies: [
					{target: destination.bucket, sha256: sha256Of(policy ?? null)},
					...read.map(({key: {arn}, policy: its}) => ({target: arn, sha256: sha256Of(its)})),
				],
				...(back && observed.back ? {roleArn: chooseRole(back, observed.back).arn} : {}),
			};
			await save(
				file,
				{...receipt, confirmation},
				'confirmed-receipt',
				(place) =>
					`Send the file back to the owner of account ${source.accountId}, who runs: ${receiptCommandOf('apply', fileNameOf(place), {sourceProfile: 'NAME'}, here.endpointUrl)}`,
			);
			return undefined;
		},
		async planConfirmed(receipt, sourceProfile, file) {
			const {destination, confirmation} = receipt;
			const destinationProfile = othersProfile(destination.accountId);
			const answers = {...receipt.answers, sourceProfile, destinationProfile};
			const {roleArn} = confirmation ?? {};
			const plan = await planned(receipt, 'source', answers, {
				...(roleArn === undefined ? {} : {roleArn}),
				...(confirmation ? {} : {isWaitedFor: true}),
			});
			const differences = differencesFrom(receipt, 'source');
			if (
				plan.others?.some(({kind, change}) => plannedKindOf(kind).holdsFiles && change === 'create') &&
				confirmation
			)
				throw new ProblemError(
					changedProblem([`There is no bucket ${destination.bucket}.`], receipt, here.endpointUrl),
				);
			if (differences.length > 0)
				throw new ProblemError(changedProblem(differences, receipt, here.endpointUrl));
			if (!confirmation && (receipt.answers.twoWay !== true || changeCount(plan) === 0))
				throw new ProblemError(unconfirmedProblem(receipt, file, here.endpointUrl));
			goneOnWith = confirmation ? {id: receiptHash(receipt), answers} : undefined;
			return plan;
		},
		async planHandedOver() {
			const {handedOver} = getState();
			const {handOvers} = options.services;
			if (!handedOver || !handOvers) throw new Error('No hand-over is gone on with.');
			const {sourceProfile} = handedOver;
			const id = receiptHash(handedOver.receipt);
			dispatch({type: 'planning-started'});
			try {
				// It may have come back since, under another path.
				const file = (await handOvers.list()).find((one) => one.id === id)?.file ?? handedOver.file;
				const receipt = await handOvers.open(file);
				dispatch({type: 'hand-over-opened', handedOver: {receipt, file, sourceProfile}});
				dispatch({type: 'planning-started'});
				await actions.planConfirmed(receipt, sourceProfile, file);
			} catch (error) {
				dispatch({type: 'planning-failed', problems: [problemFrom(error)]});
			}
		},
		async endHandOver() {
			if (goneOnWith === undefined || plans.read().answers !== goneOnWith.answers) return;
			await options.services.handOvers?.forget(goneOnWith.id).catch(() => undefined);
		},
	};
	return actions;
}

/** Where the buckets are is said, also where the answers leave it to what is there. */
const answersOf = (answers: Answers, {mode, source, destination}: Plan): Answers => ({
	...answers,
	mode,
	sourceBucket: source.bucket,
	destinationBucket: destination.bucket,
	...(source.region === '' ? {} : {sourceRegion: source.region}),
	...(destination.region === '' ? {} : {destinationRegion: destination.region}),
});

const endOf = ({accountId, bucket, region}: Plan['source']) => ({accountId, bucket, region});

function askedDifferences(asked: readonly Asked[], now: readonly Asked[]): readonly string[] {
	const same = (one: Asked, others: readonly Asked[]): boolean =>
		others.some(
			({kind, target, sha256}) => kind === one.kind && target === one.target && sha256 === one.sha256,
		);
	return [...asked.filter((one) => !same(one, now)), ...now.filter((one) => !same(one, asked))]
		.map(({what, target}) => `${what} ${target}: what is asked for is another document now.`)
		.filter((text, index, all) => all.indexOf(text) === index);
}
