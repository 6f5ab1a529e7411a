import type {completedAnswers} from './defaults.js';

type Ends = Pick<
	ReturnType<typeof completedAnswers>,
	| 'mode'
	| 'sourceProfile'
	| 'destinationProfile'
	| 'sourceBucket'
	| 'sourceRegion'
	| 'destinationBucket'
	| 'destinationRegion'
>;

/** By what keys for replicas were listed: another answer leads to others. */
export function keyPlaceOf({mode, sourceProfile, destinationProfile, ...buckets}: Ends): string {
	const {sourceBucket, sourceRegion, destinationBucket, destinationRegion} = buckets;
	return JSON.stringify([
		mode,
		sourceProfile,
		destinationProfile,
		sourceBucket,
		sourceRegion,
		destinationBucket,
		destinationRegion,
	]);
}
