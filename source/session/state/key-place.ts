import type {Answers} from '../../domain/answers/answers.js';
import type {Direction} from '../../domain/direction.js';
import type {completedAnswers} from './defaults.js';

type Completed = ReturnType<typeof completedAnswers>;

/** The answers that name a key, by the way whose replicas it encrypts. */
export const keyFields = {there: 'kmsKey', back: 'backKmsKey'} as const satisfies Record<
	'there' | Direction,
	keyof Answers
>;

export type KeyWay = keyof typeof keyFields;

/** The ends as one way sees them: of the way back the destination is the source. */
export function keyEndsOf(
	{mode, sourceProfile, destinationProfile, sourceBucket, sourceRegion, ...others}: Completed,
	way: KeyWay,
) {
	const {destinationBucket, destinationRegion} = others;
	const profile = mode === 'cross-region' ? sourceProfile : destinationProfile;
	const source = {profile: sourceProfile, bucket: sourceBucket, region: sourceRegion};
	const destination = {profile, bucket: destinationBucket, region: destinationRegion};
	return way === 'there' ? {source, destination} : {source: destination, destination: source};
}

/** By what keys for replicas were listed: another answer leads to others. */
export function keyPlaceOf(answers: Completed, way: KeyWay = 'there'): string {
	return JSON.stringify(keyEndsOf(answers, way));
}
