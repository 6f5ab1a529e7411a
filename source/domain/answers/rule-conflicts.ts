import {fixable, type Problem} from '../problem.js';
import type {TableName} from './answer-table.js';
import {isManagedAlias, regionOfKey} from './key-name.js';
import type {Answers} from './answers.js';

type Conflict = {
	readonly code: string;
	/** The answers that do not go together. */
	readonly names: readonly TableName[];
	readonly isIn: (answers: Answers) => boolean;
	readonly headline: string;
	readonly cause: string;
	readonly nextSteps: readonly string[];
};

/** Options of a rule that do not go together: S3 refuses them, or they do not do what they say. */
const conflicts: readonly Conflict[] = [
	{
		// Source: S3 User Guide, "Replicating delete markers between buckets".
		code: 'delete-markers-with-tags',
		names: ['deleteMarkers', 'tags'],
		isIn: ({deleteMarkers, tags = []}) => deleteMarkers === true && tags.length > 0,
		headline: 'Cannot replicate delete markers with a tag filter',
		cause:
			'S3 refuses a rule that filters by tags and replicates delete markers: a delete marker has no tags.',
		nextSteps: ['Leave out --delete-markers.', 'Leave out --tag; --prefix goes with delete markers.'],
	},
	{
		// Source: S3 User Guide, "Changing the replica owner".
		code: 'owner-override-in-one-account',
		names: ['ownerOverride', 'mode'],
		isIn: ({ownerOverride, mode}) => ownerOverride === true && mode === 'cross-region',
		headline: 'Cannot change the owner of replicas in one account',
		cause:
			'In one account replicas have the right owner already; with --owner-override S3 would stop copying their ACLs.',
		nextSteps: ['Leave out --owner-override.', 'Use Cross-Account Replication (--mode cross-account).'],
	},
	{
		// Source: S3 User Guide, "Replicating encrypted objects": the key is of the destination bucket's region.
		code: 'kms-key-of-another-region',
		names: ['kmsKey', 'destinationRegion'],
		isIn({kmsKey = '', destinationRegion}) {
			const region = regionOfKey(kmsKey);
			return region !== undefined && destinationRegion !== undefined && region !== destinationRegion;
		},
		headline: "Cannot encrypt replicas with a key of another region than the destination's",
		cause: "S3 encrypts with keys of the bucket's own region only.",
		nextSteps: ["Give a key of the destination's region: --kms-key.", 'Choose another --destination-region.'],
	},
	{
		// Source: S3 User Guide, "Replicating encrypted objects", cross-account scenarios.
		code: 'kms-key-of-aws',
		names: ['kmsKey', 'mode'],
		isIn: ({kmsKey = '', mode}) => isManagedAlias(kmsKey) && mode === 'cross-account',
		headline: 'Cannot encrypt replicas of another account with a key that AWS manages',
		cause:
			'The policy of a key that AWS manages lets in only its own account, and nobody can add the role to it.',
		nextSteps: ["Give a customer managed key of the destination's account: --kms-key."],
	},
	{
		// Source: S3 User Guide, "Categorizing your objects using tags": ten tags an object, each key once.
		code: 'tag-key-twice',
		names: ['tags'],
		isIn: ({tags = []}) => new Set(tags.map((tag) => tag.split('=')[0])).size < tags.length,
		headline: 'Cannot filter by two values of one tag',
		cause: 'An object has each tag once: no object would match.',
		nextSteps: ['Give each key of --tag once.', 'Make a rule for each value.'],
	},
	{
		code: 'too-many-tags',
		names: ['tags'],
		isIn: ({tags = []}) => tags.length > 10,
		headline: 'Cannot filter by more than ten tags',
		cause: 'An object has at most ten tags: no object would match.',
		nextSteps: ['Give at most ten --tag.'],
	},
];

/** Every conflict among the options of a rule, with the names of the answers that it is between. */
export function conflictsOf(
	answers: Answers,
): ReadonlyArray<{readonly names: readonly TableName[]; readonly problem: Problem}> {
	return conflicts
		.filter(({isIn}) => isIn(answers))
		.map(({code, names, headline, cause, nextSteps}) => ({
			names,
			problem: fixable(code, headline, cause, nextSteps),
		}));
}

/** Every conflict among the options of a rule. */
export function ruleConflicts(answers: Answers): readonly Problem[] {
	return conflictsOf(answers).map(({problem}) => problem);
}
