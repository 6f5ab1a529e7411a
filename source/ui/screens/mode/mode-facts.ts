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
			text: 'versioning on both buckets, a role and a rule for all objects in the source account, a bucket policy in the destination account',
		},
		...shared,
		{label: 'needs', text: 'a profile in each account; any regions'},
	],
};
