import {defaultChain} from '../../../domain/answers/answers.js';
import {batchCommandOf, diagnoseCommandOf, type Replicated} from '../../../domain/answers/command-line.js';
import type {BucketReference, Connection} from '../../../engine/connections.js';
import {bucketOfArn} from '../../../domain/arn.js';
import {filtersTo, narrowedTo} from '../../../domain/batch/compare-current.js';
import {comparisonProblem, tooManyProblem} from '../../../domain/batch/compared-buckets.js';
import {inventoryWay} from '../../../domain/batch/inventory-way.js';
import type {ObservedReplication, SeenBucket} from '../../../domain/observed/observed-replication.js';
import {fixable, type Problem, ProblemError} from '../../../domain/problem.js';
import {verify} from '../../../engine/batch/verify.js';
import type {RunContext, SourceRequest} from '../core/run-context.js';

/** The bucket with the profiles, for a command that is named. */
export function replicatedOf({sourceBucket, answers, destinationProfiles}: SourceRequest): Replicated {
	return {bucket: sourceBucket, profile: answers.sourceProfile ?? defaultChain, destinationProfiles};
}

/** Which of the objects; times in milliseconds since 1970. */
export type BatchSpan = {
	readonly prefix?: string;
	readonly createdAfter?: number;
	readonly createdBefore?: number;
};

export type VerifyActions = {
	/**
	 * Compares the source with every destination of its enabled rules, current versions by key, version id and size; writes nothing.
	 * Gives what is not as it should be. Throws what stands in the way.
	 */
	readonly verifyBuckets: (
		request: SourceRequest & BatchSpan & {readonly lagMs: number; readonly maxObjects: number},
	) => Promise<Problem | undefined>;
};

/** A bucket, and who sees it. */
export type End = {readonly connection: Connection; readonly reference: BucketReference};

export function createVerifyActions(
	{core, here, play, signal}: RunContext,
	observe: (source: SourceRequest) => Promise<ObservedReplication>,
	endOf: (seen: SeenBucket) => Promise<End>,
): VerifyActions {
	const {clock} = core.options.services;
	return {
		async verifyBuckets(request) {
			const found = await observe(request);
			const {createdAfter, createdBefore, prefix = '', lagMs, maxObjects} = request;
			const rules = found.replication?.Rules ?? [];
			const enabled = rules.filter(({Status}) => Status === 'Enabled');
			let gone = 0;
			let first: string | undefined;
			async function* counted(options: Parameters<typeof verify>[0]): ReturnType<typeof verify> {
				for await (const event of verify(options)) {
					if (event.type === 'comparison-differed') {
						first ??= event.key;
						if (isGone(event)) gone++;
					}

					yield event;
				}
			}

			const before = core.getState().run.batch?.comparisons.length ?? 0;
			for (const arn of new Set(enabled.map(({Destination}) => Destination.Bucket))) {
				const filters = narrowedTo(filtersTo(rules, arn), prefix);
				const destination = found.destinations[bucketOfArn(arn)];
				if (destination?.state !== 'existing') throw new ProblemError(unseen(bucketOfArn(arn)));
				if (filters.length === 0) continue;
				const ends = {source: await endOf(found.source), destination: await endOf(destination.seen)};
				await play(
					counted({...ends, filters, lagMs, createdAfter, createdBefore, maxObjects, clock, signal}),
				);
				if (core.getState().run.batch?.comparisons.at(-1)?.isCut)
					return tooManyProblem(
						maxObjects,
						inventoryWay(
							found.partition,
							found.source,
							destination.seen,
							filters.map((filter) => filter.prefix),
						),
					);
			}

			const of = replicatedOf(request);
			return comparisonProblem(core.getState().run.batch?.comparisons.slice(before) ?? [], gone, {
				copy: batchCommandOf(of, here.endpointUrl),
				diagnose: diagnoseCommandOf(of, here.endpointUrl, first),
			});
		},
	};
}

/** Whether a replica was there: its source says that it was copied. */
function isGone({verdict, status}: {readonly verdict: string; readonly status?: string | null}): boolean {
	return verdict === 'missing' && status === 'COMPLETED';
}

function unseen(bucket: string): Problem {
	return fixable(
		'destination-not-seen',
		`Cannot compare with ${bucket}: no profile sees it`,
		'It is listed with a profile of the account that owns it.',
		['Give that profile: --destination-profile NAME.'],
	);
}
