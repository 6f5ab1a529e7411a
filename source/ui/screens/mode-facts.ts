import {type Mode} from '../../domain/mode.js';
import {type Fact} from '../components/facts.js';

const shared: readonly Fact[] = [
	{
		label: 'copies',
		text: 'objects written after the rule exists, with metadata and tags; older objects stay where they are',
	},
	{label: 'deletes', text: 'are not copied: neither delete markers nor the deletion of a version'},
];

/**
 * What a mode makes, copies and needs, in plain words.
 * Source: S3 User Guide, "What does Amazon S3 replicate?" and "Setting up permissions for live replication".
 */
export const modeFacts: Readonly<Record<Mode, readonly Fact[]>> = {
	'cross-region': [
		{
			label: 'makes',
			text: 'versioning enabled on both buckets, a role for S3 with least privilege, a rule for all objects',
		},
		...shared,
		{label: 'needs', text: 'one profile that may set up both buckets and create the role'},
	],
	'cross-account': [
		{
			label: 'makes',
			text: 'versioning enabled on both buckets, a role in the source account, a bucket policy in the destination account, a rule for all objects',
		},
		...shared,
		{label: 'needs', text: 'a profile in each account; the regions may be any two, or the same'},
	],
};
