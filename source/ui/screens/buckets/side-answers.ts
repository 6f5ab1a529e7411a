import {accountBucketName, accountNameIn} from '../../../domain/answers/bucket-name.js';
import {type Answers} from '../../../domain/answers/answers.js';
import {type Side} from '../../../domain/answers/mode.js';
import {completedAnswers, defaultsOf} from '../../../session/state/defaults.js';
import {valueOf} from '../../../session/state/loadable.js';
import {type SessionState} from '../../../session/state/session-state.js';

type SideAnswers = {readonly profile: string; readonly bucket: string; readonly region: string};

/** What is answered for one side, with the defaults in the gaps. */
export const sideAnswers = (state: SessionState, side: Side): SideAnswers => {
	const answers = completedAnswers(state);
	return side === 'source'
		? {profile: answers.sourceProfile, bucket: answers.sourceBucket, region: answers.sourceRegion}
		: {
				profile: answers.destinationProfile,
				bucket: answers.destinationBucket,
				region: answers.destinationRegion,
			};
};

/** Is it known to be a bucket of another account than the side's? Those of every profile that was listed are known. */
const isElsewhere = ({buckets, identities}: SessionState, profile: string, name: string): boolean => {
	const account = valueOf(identities[profile])?.accountId;
	return Object.entries(buckets).some(([other, listed]) => {
		const owner = valueOf(identities[other])?.accountId;
		if (account === undefined || owner === undefined || owner === account) return false;
		return valueOf(listed)?.some((bucket) => bucket.name === name) ?? false;
	});
};

/**
 * The bucket that a side's cursor rests at: the one answered or, after a change of mode, profile or source has made that an answer
 * that is refused, the one that is proposed.
 */
export const restingBucket = (state: SessionState, side: Side): string => {
	const {profile, bucket} = sideAnswers(state, side);
	const source = sideAnswers(state, 'source').bucket;
	const isRefused = (name: string): boolean =>
		isElsewhere(state, profile, name) || (side === 'destination' && name === source);
	if (!isRefused(bucket)) return bucket;
	const proposed = defaultsOf(state)[`${side}Bucket`];
	return isRefused(proposed) ? `${proposed}-replica` : proposed;
};

/** The answers that put a bucket on a side. */
export const bucketChange = (side: Side, bucket: string, region: string): Partial<Answers> =>
	side === 'source'
		? {sourceBucket: bucket, sourceRegion: region}
		: {destinationBucket: bucket, destinationRegion: region};

/** The answers that change a side's region. A bucket's name that was the default follows it. */
export const regionChange = (state: SessionState, side: Side, region: string): Partial<Answers> => {
	const name = `${side}Bucket` as const;
	const isDefault = state.answers[name] === defaultsOf(state)[name];
	const own = accountNameIn(state.answers[name] ?? '');
	// In the account's own namespace the region is a part of the name.
	const moved = own && {[name]: accountBucketName({...own, region})};
	return {[`${side}Region`]: region, ...(isDefault ? {[name]: undefined} : moved)};
};
