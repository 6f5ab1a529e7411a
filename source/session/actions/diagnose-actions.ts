import {type Answers, defaultChain} from '../../domain/answers/answers.js';
import {bucketOfArn} from '../../domain/arn.js';
import {diagnose} from '../../domain/diagnose/diagnose.js';
import type {DiagnosedObject} from '../../domain/diagnose/diagnosed-object.js';
import {type Finding, isWrong} from '../../domain/diagnose/finding.js';
import {ofTakers} from '../../domain/diagnose/of-takers.js';
import type {ObservedReplication, SeenDestination} from '../../domain/observed/observed-replication.js';
import {fixable, ProblemError} from '../../domain/problem.js';
import type {ReplicationRule} from '../../domain/rule/replication-configuration.js';
import {filterOf, filterText} from '../../domain/rule/rule-filter.js';
import {inspectObject} from '../../engine/diagnose/inspect-object.js';
import {observeReplication} from '../../engine/diagnose/observe-replication.js';
import {causeOf} from '../watch/cause-of.js';
import {findLikelyConnections, recordedPlaces} from './likely-connections.js';
import {type Mend, mendOf} from './mend-of.js';
import type {RunContext} from './run-context.js';

/** What shall be diagnosed, and with which profiles. */
export type DiagnoseRequest = {
	readonly sourceBucket: string;
	readonly answers: Pick<Answers, 'sourceProfile' | 'sourceRegion'>;
	readonly destinationProfiles: readonly string[];
	/** One object: its latest version, where none is named. */
	readonly key?: string;
	readonly versionId?: string;
};

/** What was found of one rule. */
export type DiagnosedRule = {
	readonly rule: ReplicationRule;
	readonly findings: readonly Finding[];
	/** The rule as answers, where a plan for them mends something. */
	readonly mend?: Mend;
};

export type DiagnoseActions = {
	/** Looks at every rule of a bucket, ours or not, tells what is wrong, and changes nothing. Throws what stands in the way. */
	readonly diagnose: (request: DiagnoseRequest) => Promise<readonly DiagnosedRule[]>;
};

export function createDiagnoseActions(context: RunContext): DiagnoseActions {
	const {core, signal} = context;
	const {emit} = core;
	const {clock} = core.options.services;

	async function diagnoseRule(
		observed: ObservedReplication,
		rule: ReplicationRule,
		object: DiagnosedObject | undefined,
		/** The profiles that somebody named. */
		named: readonly string[],
	): Promise<DiagnosedRule> {
		const findings = diagnose(observed, rule, object);
		const isEnabled = rule.Status === 'Enabled';
		const destination = bucketOfArn(rule.Destination.Bucket);
		const mend =
			isEnabled && findings.some((one) => one.mendKind === 'plan' && isWrong(one))
				? await mendOf(context, observed, rule)
				: undefined;
		emit({
			type: 'rule-diagnosed',
			ruleId: rule.ID ?? null,
			takes: filterText(filterOf(rule)),
			destination,
			...foundProfile(observed.destinations[destination], named),
			isEnabled,
			isWrong: findings.some(isWrong),
		});
		let told = '';
		for (const finding of findings) {
			const {mendKind, document} = finding;
			emit({
				type: 'cause-found',
				...causeOf(rule, finding, object),
				isDocumentTold: document !== undefined && JSON.stringify(document) === told,
				fix: mendKind === 'plan' ? (mend?.operations ?? null) : null,
			});
			if (document !== undefined) told = JSON.stringify(document);
		}

		return {rule, findings, ...(mend ? {mend} : {})};
	}

	return {
		async diagnose({sourceBucket, answers, destinationProfiles, key, versionId}) {
			const {sourceProfile = defaultChain, sourceRegion: region} = answers;
			const source = await context.connection(sourceProfile);
			const others = await Promise.all(destinationProfiles.map(context.connection));
			const named = [sourceProfile, ...destinationProfiles];
			const places = await recordedPlaces(context);
			const likely = await findLikelyConnections(context, source, places);
			const options = {region, places, likely, signal};
			const first = await observeReplication(sourceBucket, source, others, options);
			const rules = first.replication?.Rules ?? [];
			if (rules.length === 0) throw new ProblemError(notReplicated(sourceBucket));
			if (key === undefined) {
				const found: DiagnosedRule[] = [];
				for (const rule of rules) {
					// A rule that is disabled replicates nothing, and somebody wants it so.
					found.push(await diagnoseRule(first, rule, undefined, named));
				}

				return found;
			}

			const reference = {
				bucket: sourceBucket,
				region: first.source.region,
				accountId: first.source.accountId,
			};
			const now = clock.now();
			const object = await inspectObject(reference, source, {key, versionId}, now, signal);
			const keyArn = object.encryption?.kind === 'kms' ? object.encryption.keyArn : undefined;
			const observed =
				keyArn === undefined
					? first
					: await observeReplication(sourceBucket, source, others, {...options, sourceKeys: [keyArn]});
			emit({type: 'object-described', lines: await storyOf(observed, object)});
			const found: DiagnosedRule[] = [];
			for (const rule of rules) found.push(await diagnoseRule(observed, rule, object, named));
			return ofTakers(found);
		},
	};

	/** What each end says of the version. */
	async function storyOf(observed: ObservedReplication, object: DiagnosedObject): Promise<readonly string[]> {
		const {source} = observed;
		const at = await Promise.all(
			Object.entries(observed.destinations).map(async ([bucket, destination]) => {
				if (destination.state !== 'here') return `  ${bucket}: not seen`;
				const {region, accountId, profile} = destination.seen;
				const {objects} = await context.connection(profile);
				const there = await objects
					.describeVersion(
						{bucket, region, accountId},
						{key: object.key, versionId: object.versionId},
						signal,
					)
					.catch(() => undefined);
				if (there === undefined) return `  ${bucket}: may not be looked at`;
				return `  ${bucket}: ${there.state === 'absent' ? 'not there' : there.state === 'marker' ? 'a delete marker' : (there.status ?? 'there, without a status')}`;
			}),
		);
		const kind = object.isDeleteMarker ? ' (a delete marker)' : object.isGone ? ' (gone)' : '';
		const status = object.status === undefined ? 'not known' : (object.status ?? 'none');
		return [
			`${object.key}, version ${object.versionId}${kind}`,
			`  ${source.bucket}: replication status ${status}`,
			...at,
		];
	}
}

function notReplicated(bucket: string) {
	return fixable(
		'not-replicated',
		`Cannot diagnose ${bucket}: it has no replication rule`,
		'S3 replicates what rules take, and the bucket has none.',
		['Set one up: start s3-replicate without a command, or with apply.'],
	);
}

function foundProfile(destination: SeenDestination | undefined, named: readonly string[]) {
	return destination?.state !== 'here' || named.includes(destination.seen.profile)
		? {}
		: {foundProfile: destination.seen.profile};
}
