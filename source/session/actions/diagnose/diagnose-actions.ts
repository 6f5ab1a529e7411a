import {type Connection, type Connections, referenceOf} from '../../../engine/connections.js';
import {defaultChain} from '../../../domain/answers/answers.js';
import {bucketOfArn} from '../../../domain/arn.js';
import {diagnose} from '../../../domain/diagnose/diagnose.js';
import {type DiagnosedObject, withReplicas} from '../../../domain/diagnose/diagnosed-object.js';
import type {DiagnosedRule} from '../../state/diagnosed-rule.js';
import {type Finding, isWrong} from '../../../domain/diagnose/finding.js';
import type {Cause, RunEvent} from '../../../domain/event.js';
import {ruleRemarks} from '../../../domain/diagnose/rule-remarks.js';
import {leftOutBy, ofMatchingRules} from '../../../domain/diagnose/of-matching-rules.js';
import type {ObservedReplication, SeenDestination} from '../../../domain/observed/observed-replication.js';
import {fixable, ProblemError} from '../../../domain/problem.js';
import {isSchemaV1, type ReplicationRule} from '../../../domain/rule/replication-configuration.js';
import {markerDestinations} from '../../../domain/rule/marker-destinations.js';
import {filterOf, filterText} from '../../../domain/rule/rule-filter.js';
import {batchCommandOf} from '../../../domain/answers/command-line.js';
import {
	type SampleDiagnosis,
	diagnoseSample,
	type SampledFinding,
} from '../../../domain/diagnose/diagnose-sample.js';
import {type Sample, sampleExisting} from '../../../engine/batch/existing-objects.js';
import {inspectObject} from '../../../engine/diagnose/inspect-object.js';
import {type ReplicaSight, seeReplicas} from '../../../engine/diagnose/see-replicas.js';
import {observeReplication} from '../../../engine/diagnose/observe-replication.js';
import {metricRulesOf} from '../../../engine/watch/find-replication.js';
import {readMetrics} from '../../../engine/watch/read-metrics.js';
import {causeOf} from '../../watch/cause-of.js';
import {takenBy} from '../batch/batch-notes.js';
import {findLikelyConnections, placesIn, recordsHere} from '../core/likely-connections.js';
import {lostRuleCauses} from './lost-rules.js';
import {mendOf} from '../core/mend-of.js';
import type {RunContext, SourceRequest} from '../core/run-context.js';

/** What shall be diagnosed, and with which profiles. */
export type DiagnoseRequest = SourceRequest & {
	/** One object: its latest version, where none is named. */
	readonly key?: string;
	readonly versionId?: string;
	/** Whether no event tells of it: what was found is shown otherwise. */
	readonly isQuiet?: boolean;
};

export type DiagnoseActions = {
	/** Looks at every rule of a bucket, ours or not, tells what is wrong, and changes nothing. Throws what stands in the way. */
	readonly diagnose: (request: DiagnoseRequest) => Promise<readonly DiagnosedRule[]>;
};

type Telling = {
	/** The profiles that somebody named. */
	readonly named: readonly string[];
	readonly tell: (event: RunEvent) => void;
};

/** What was found of a rule, the most pressing first, and which object each finding is about, if one. */
type RuleDiagnosis = Pick<DiagnosedRule, 'rule' | 'findings'> & {
	readonly about: (finding: Finding) => DiagnosedObject | undefined;
};

export function createDiagnoseActions(context: RunContext): DiagnoseActions {
	const {core, here, signal} = context;
	const {emit} = core;
	const {clock} = core.options.services;

	async function tellRule(
		observed: ObservedReplication,
		{rule, findings, about}: RuleDiagnosis,
		{named, tell}: Telling,
	): Promise<DiagnosedRule> {
		const isEnabled = rule.Status === 'Enabled';
		const byPlan = findings.filter((one) => one.mendKind === 'plan' && isWrong(one));
		const reasons = byPlan.map(({reason}) => reason);
		const mend = isEnabled && byPlan.length > 0 ? await mendOf(context, observed, rule, reasons) : undefined;
		const seen = observed.destinations[bucketOfArn(rule.Destination.Bucket)];
		tell({...diagnosedEvent(rule, seen, named), isWrong: findings.some(isWrong)});
		let told = '';
		const causes = findings.map((finding): Cause => ({
			...causeOf(rule, finding, about(finding)),
			fix: finding.mendKind === 'plan' ? (mend?.operations ?? null) : null,
		}));
		for (const cause of causes) {
			const document = cause.document === null ? undefined : JSON.stringify(cause.document);
			tell({type: 'cause-found', ...cause, isDocumentTold: document !== undefined && document === told});
			told = document ?? told;
		}

		const isSeen = seen?.state === 'absent' ? {} : {isDestinationSeen: seen?.state === 'existing'};
		return {rule, findings, causes, ...isSeen, ...(mend ? {mend} : {})};
	}

	/** A rule copies what is written from then on: whether older objects are there is told from a few of them. */
	async function sampleOf(
		observed: ObservedReplication,
		{objects}: Connection,
	): Promise<(SampleDiagnosis & Omit<Sample, 'looked'>) | undefined> {
		const filters = takenBy(observed);
		const reference = referenceOf(observed.source);
		const sample =
			filters.length === 0 ? undefined : await sampleExisting(objects, reference, filters, signal);
		return (
			sample && {...diagnoseSample(observed, sample.looked), isMore: sample.isMore, unused: sample.unused}
		);
	}

	return {
		async diagnose(request) {
			const {sourceBucket, answers, destinationProfiles, key, versionId, isQuiet = false} = request;
			const tell: Telling['tell'] = isQuiet ? () => undefined : emit;
			const {sourceProfile = defaultChain, sourceRegion: region} = answers;
			const {source, others} = await context.connectionsFor(request);
			const telling: Telling = {named: [sourceProfile, ...destinationProfiles], tell};
			const records = await recordsHere(context);
			const places = placesIn(records);
			const likely = await findLikelyConnections(context, source, places);
			const options = {region, places, likely, signal};
			const first = await observeReplication(sourceBucket, source, others, options);
			const rules = first.replication?.Rules ?? [];
			const lost = lostRuleCauses(records, first, here.endpointUrl);
			if (rules.length === 0) {
				const reference = referenceOf(first.source);
				const sample = await sampleExisting(source.objects, reference, [{prefix: '', tags: []}], signal);
				throw new ProblemError(notReplicated(sourceBucket, sample?.looked ?? [], lost));
			}

			emit({type: 'replication-seen', bucket: sourceBucket, profile: sourceProfile, destinationProfiles});
			if (key === undefined) {
				const found: DiagnosedRule[] = [];
				const sample = await sampleOf(first, source);
				for (const rule of rules) {
					// A rule that is disabled replicates nothing, and somebody wants it so.
					found.push(await tellRule(first, diagnoseRule(first, rule, sample?.findings ?? []), telling));
				}

				// It is part of the state, whoever shows it.
				const of = {bucket: sourceBucket, profile: sourceProfile, destinationProfiles};
				const command = batchCommandOf(of, here.endpointUrl);
				const isBlocked = found.some(
					({rule, findings}) => rule.Status === 'Enabled' && findings.some(isWrong),
				);
				if (sample) tellExisting(sourceBucket, {...sample, isBlocked}, command);
				for (const cause of lost) tell({type: 'cause-found', ...cause});
				const remarks = [
					...(isQuiet ? lost.map(({headline, evidence}) => `${headline}. ${evidence}`) : []),
					...ruleRemarks(rules, sample?.unused ?? []),
				];
				if (remarks.length > 0) emit({type: 'rules-remarked', remarks});
				if (!isQuiet) await tellMetrics(first, source);

				return found;
			}

			const reference = referenceOf(first.source);
			const now = clock.now();
			const inspected = await inspectObject(reference, source, {key, versionId}, now, signal).catch(
				async (error: unknown) => {
					throw await explained(error, key, first);
				},
			);
			const sights = await seeReplicas(first, context.connection, inspected, versionId === undefined, signal);
			const object = withReplicas(inspected, sights);
			const keyArn = object.encryption?.kind === 'kms' ? object.encryption.keyArn : undefined;
			const observed =
				keyArn === undefined
					? first
					: await observeReplication(sourceBucket, source, others, {...options, sourceKeys: [keyArn]});
			tell({type: 'object-described', lines: storyOf(observed, object, sights)});
			// Of the same look: which rule goes first is told by the rules themselves.
			const diagnosed = (observed.replication?.Rules ?? []).map((rule): RuleDiagnosis => ({
				rule,
				findings: diagnose(observed, rule, object),
				about: () => object,
			}));
			const matching = new Set(ofMatchingRules(diagnosed));
			const found: DiagnosedRule[] = [];
			for (const one of diagnosed) {
				if (matching.has(one)) found.push(await tellRule(observed, one, telling));
				else tellLeftOut(observed, one, telling);
			}

			return found;
		},
	};

	/** What is gone at the source may still be at a destination: S3 never replicates the delete of a version. */
	async function explained(error: unknown, key: string, observed: ObservedReplication): Promise<unknown> {
		if (!(error instanceof ProblemError) || error.problem.code !== 'object-not-found') return error;
		const asked = {key, versionId: 'null', isDeleteMarker: true, status: null} as const;
		const sights = await seeReplicas(observed, context.connection, asked, true, signal);
		const [there] = Object.entries(sights).flatMap(([bucket, {state}]) =>
			state === 'absent' ? [bucket] : [],
		);
		if (there === undefined) return error;
		return new ProblemError({
			...error.problem,
			cause: `${error.problem.cause} ${there} has one: S3 never replicates the delete of a version.`,
			nextSteps: [`Delete the object at ${there} as well, if it has to go.`],
		});
	}

	function tellExisting(
		sourceBucket: string,
		{
			looked,
			left,
			failed,
			replicas,
			isMore,
			isBlocked,
		}: SampleDiagnosis & {readonly isMore: boolean; readonly isBlocked: boolean},
		command: string,
	): void {
		const areReplicas = looked > 0 && replicas === looked;
		if (left === 0 && !areReplicas) return;
		emit({
			type: 'existing-seen',
			...{sourceBucket, kind: 'sampled', looked, left, failed, isMore},
			...(areReplicas ? {replicas} : {}),
			...(isBlocked ? {isBlocked} : {}),
			command: areReplicas ? `${command} --status replica` : command,
		});
	}

	/** What CloudWatch says of the rules that have metrics, once. */
	async function tellMetrics(
		observed: ObservedReplication,
		connection: Connections['source'],
	): Promise<void> {
		const rules = metricRulesOf(observed.replication?.Rules ?? []);
		if (rules.length === 0) return;
		const regions = new Map(
			Object.entries(observed.destinations).flatMap(([name, one]) =>
				one.state === 'existing' ? [[name, one.seen.region] as const] : [],
			),
		);
		const source = {connection, reference: referenceOf(observed.source)};
		let left = rules.length;
		for await (const event of readMetrics({source, rules, regions, clock, signal})) {
			emit(event);
			if (event.type === 'metrics-lost' || --left === 0) return;
		}
	}
}

/** What each end says of the version. */
function storyOf(
	{source, replication}: ObservedReplication,
	object: DiagnosedObject,
	sights: Readonly<Record<string, ReplicaSight>>,
): readonly string[] {
	const rules = replication?.Rules ?? [];
	const to = object.isDeleteMarker ? markerDestinations(rules, object.key) : [];
	const kind = object.isDeleteMarker ? ' (a delete marker)' : object.isGone ? ' (gone)' : '';
	const status = object.status === undefined ? 'not known' : (object.status ?? 'none');
	return [
		`${object.key}, version ${object.versionId}${kind}`,
		`  ${source.bucket}: replication status ${status}`,
		...Object.entries(sights).map(([bucket, {text}]) => `  ${bucket}: ${text}`),
		...(to.length === 0
			? []
			: [
					`  The rules replicate delete markers to ${to.join(', ')}.${rules.some(isSchemaV1) ? ' Rules without a Filter (V1) always do.' : ''}`,
				]),
	];
}

/**
 * @param sample a few of its objects: their status tells of rules elsewhere, and of rules that it had
 * @param lost the rules that runs have put
 */
function notReplicated(bucket: string, sample: readonly DiagnosedObject[], [lost]: readonly Cause[]) {
	if (lost)
		return fixable(
			'not-replicated',
			`Cannot diagnose ${bucket}: it has no replication rule`,
			`${lost.headline}. ${lost.evidence}`,
			[lost.mend, 'Then copy what was written meanwhile: s3-replicate batch'],
		);
	const has = (wanted: readonly unknown[]) => sample.some(({status}) => wanted.includes(status));
	const setUp = 'Set one up: start s3-replicate without a command, or with apply.';
	const [cause, steps] = has(['REPLICA'])
		? [
				'It holds replicas: the rules are those of the bucket that they come from.',
				['Diagnose that bucket: --source-bucket NAME.', 'Changes made here go nowhere without a rule back.'],
			]
		: has(['COMPLETED', 'FAILED', 'PENDING'])
			? [
					'Objects in it were replicated before: somebody has removed the rules since.',
					[setUp, 'Then copy what was written meanwhile: s3-replicate batch'],
				]
			: ['S3 replicates what rules take, and the bucket has none.', [setUp]];
	return fixable('not-replicated', `Cannot diagnose ${bucket}: it has no replication rule`, cause, steps);
}

/** A rule whatever the object, with what a few objects tell of it besides. */
function diagnoseRule(
	observed: ObservedReplication,
	rule: ReplicationRule,
	sampled: readonly SampledFinding[],
): RuleDiagnosis {
	const ofRule = diagnose(observed, rule);
	const isTold = new Set(ofRule.filter(isWrong).map(({reason}) => reason));
	const more = sampled.filter((one) => one.rule === rule && !isTold.has(one.finding.reason));
	const about = new Map(more.map((one) => [one.finding, one.object]));
	const all = [...more.map(({finding}) => finding), ...ofRule];
	const findings = [...all.filter(isWrong), ...all.filter((one) => !isWrong(one))];
	return {rule, findings, about: (finding) => about.get(finding)};
}

/** A rule that is about other objects, where another takes this one: why, and no cause. */
function tellLeftOut(
	{destinations}: ObservedReplication,
	{rule, findings}: RuleDiagnosis,
	{named, tell}: Telling,
) {
	const leftOut = leftOutBy(findings);
	const seen = destinations[bucketOfArn(rule.Destination.Bucket)];
	tell({...diagnosedEvent(rule, seen, named), isWrong: false, ...(leftOut ? {leftOut} : {})});
}

function diagnosedEvent(rule: ReplicationRule, seen: SeenDestination | undefined, named: readonly string[]) {
	return {
		type: 'rule-diagnosed',
		ruleId: rule.ID ?? null,
		takes: filterText(filterOf(rule)),
		destination: bucketOfArn(rule.Destination.Bucket),
		...foundProfile(seen, named),
		isEnabled: rule.Status === 'Enabled',
	} as const;
}

function foundProfile(destination: SeenDestination | undefined, named: readonly string[]) {
	return destination?.state !== 'existing' || named.includes(destination.seen.profile)
		? {}
		: {foundProfile: destination.seen.profile};
}
