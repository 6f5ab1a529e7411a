import type {Tag} from '../answers/rule-values.js';
import type {ServiceEndpoints} from '../endpoint/service-endpoints.js';
import type {VersioningStatus} from '../observed/observed.js';
import type {ReplicationConfiguration} from '../rule/replication-configuration.js';
import type {NamedPolicy} from '../../policy/decision.js';
import type {PolicyDocument} from '../../policy/document.js';
import {defaultChain} from '../answers/answers.js';

/** Where something is, and through whom it was read. */
export type ExportedPlace = {
	readonly accountId: string;
	readonly region: string;
	readonly profile: string;
};

/** A bucket of a set-up, with what replication asks of it. */
export type ExportedBucket = ExportedPlace & {
	readonly bucket: string;
	readonly versioning: VersioningStatus;
	readonly isLocked: boolean;
	readonly tags: readonly Tag[];
	/** Of a bucket that is a destination. */
	readonly policy?: PolicyDocument;
	/** Of a bucket that is a source. */
	readonly replication?: ReplicationConfiguration;
};

/** A role that a replication configuration names. Its region is that of the bucket: IAM has none. */
export type ExportedRole = ExportedPlace & {
	readonly arn: string;
	readonly description: string;
	readonly trust: PolicyDocument;
	/** Absent: an hour, which a role has by default. */
	readonly maxSessionSeconds?: number;
	readonly boundaryArn?: string;
	readonly tags: readonly Tag[];
	readonly inline: readonly NamedPolicy[];
	readonly attachedArns: readonly string[];
};

/** A key of KMS whose policy has a part in it. */
export type ExportedKey = ExportedPlace & {readonly arn: string; readonly policy: PolicyDocument};

/** A replication as it is in AWS, for files that make the same: source first. */
export type SetUp = {
	readonly buckets: readonly ExportedBucket[];
	readonly roles: readonly ExportedRole[];
	readonly keys: readonly ExportedKey[];
	/** Where the calls of each profile go. */
	readonly endpoints: Readonly<Record<string, ServiceEndpoints>>;
	/** What is not in it, and why: a sentence each. */
	readonly leftOut: readonly string[];
};

/** A file that an export writes, by its name in the folder. */
export type ExportedFile = {
	readonly name: string;
	readonly text: string;
	readonly isProgram?: boolean;
};

/** Accounts and regions, each once, in the order of the buckets, through whom each was read first. */
export function placesIn({buckets, roles, keys}: SetUp): readonly ExportedPlace[] {
	const places = new Map<string, ExportedPlace>();
	for (const {accountId, region, profile} of [...buckets, ...roles, ...keys]) {
		const name = `${accountId} ${region}`;
		if (!places.has(name)) places.set(name, {accountId, region, profile});
	}

	return [...places.values()];
}

/** The names of some things of a kind: the first is called so, the others are numbered. */
export function numbered<Thing>(
	things: readonly Thing[],
	name: string,
): ReadonlyArray<readonly [string, Thing]> {
	return things.map((thing, index) => [index === 0 ? name : `${name}_${index + 1}`, thing]);
}

/** The profile as a tool is told of it; nothing where it is whatever the tool finds. */
export const namedProfile = (profile: string): string | undefined =>
	profile === defaultChain ? undefined : profile;
