import {accountBucketName, accountNameIn} from '../../../domain/answers/bucket-name.js';
import {type Answers} from '../../../domain/answers/answers.js';
import {type Side} from '../../../domain/answers/mode.js';
import {completedAnswers, defaultsOf} from '../../../session/state/defaults.js';
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
