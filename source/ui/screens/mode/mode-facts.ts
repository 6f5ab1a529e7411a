import {type Mode} from '../../../domain/answers/mode.js';
import {type Fact} from '../../components/text/facts.js';

const shared: readonly Fact[] = [
	{
		label: 'copies',
		text: 'objects written from then on, with metadata and tags; no older ones',
	},
	{label: 'deletes', text: 'are not copied: neither markers nor versions'},
];

/**
 * What a mode makes, copies and needs, in plain words.
 * Source: S3 User Guide, "What does Amazon S3 replicate?" and "Setting up permissions for live replication".
 */
export const modeFacts: Readonly<Record<Mode, readonly Fact[]>> = {
	'cross-region': [
		{
			label: 'makes',
			text: 'versioning on both buckets, a role with least privilege, a rule for all objects',
		},
		...shared,
		{label: 'needs', text: 'one profile that may set up both buckets and create the role'},
	],
	'cross-account': [
		{
			label: 'makes',
			text: 'versioning on both buckets; role and rule in the source account; a bucket policy in the other',
		},
		...shared,
		{label: 'needs', text: 'a profile in each account; any regions'},
	],
};

/** Which account has what. Source: S3 User Guide, "Setting up permissions for live replication". */
export const modePlaces: Readonly<Record<Mode, readonly Fact[]>> = {
	'cross-region': [
		{label: 'account', text: 'source bucket, destination bucket, role and rule'},
		{label: 'regions', text: 'one for each bucket; IAM roles have none'},
	],
	'cross-account': [
		{label: 'source account', text: 'source bucket, role and rule'},
		{label: 'destination', text: 'destination bucket, and its policy that lets the role in'},
	],
};

/** The steps behind this one, and which of them write. */
export const nextSteps: readonly Fact[] = [
	{label: 'asks', text: 'accounts, buckets and options; Enter takes each default'},
	{label: 'checks', text: 'every permission, before anything is written'},
	{label: 'plans', text: 'each change with its document; you approve it'},
	{label: 'proves', text: 'test files are followed to their replicas'},
];
