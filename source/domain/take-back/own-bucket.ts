import {type BucketImage, imageSettings, type ImageSetting} from '../observed/bucket-image.js';
import {isSameValue} from '../same-value.js';
import type {AnyOperation} from './operation.js';
import type {Group} from './recorded-group.js';
import type {WrittenStep} from './written-step.js';
import {isRecord} from '../../policy/json-shape.js';

/** What AWS gives to every new bucket; `null` is nothing. Source: S3 User Guide, "Default settings for new S3 buckets"; recorded. */
const newBucket: Readonly<Record<Exclude<ImageSetting, 'versioning'>, unknown>> = {
	uploads: null,
	tagging: null,
	lifecycle: null,
	notification: null,
	encryption: [{ApplyServerSideEncryptionByDefault: {SSEAlgorithm: 'AES256'}, BucketKeyEnabled: false}],
	ownership: [{ObjectOwnership: 'BucketOwnerEnforced'}],
	publicAccessBlock: {
		BlockPublicAcls: true,
		IgnorePublicAcls: true,
		BlockPublicPolicy: true,
		RestrictPublicBuckets: true,
	},
	website: null,
	cors: null,
	logging: null,
	inventory: null,
	objectLock: null,
};

const nouns: Readonly<Record<ImageSetting, string>> = {
	versioning: 'versioning',
	uploads: 'unfinished uploads',
	tagging: 'tags',
	lifecycle: 'lifecycle rules',
	notification: 'event notifications',
	encryption: 'default encryption',
	ownership: 'object ownership',
	publicAccessBlock: 'Block Public Access',
	website: 'website configuration',
	cors: 'CORS rules',
	logging: 'access logging',
	inventory: 'inventory',
	objectLock: 'Object Lock',
};

/**
 * What says that a step did not create its bucket or role. `undefined`: it did, or nobody can tell.
 * A refusal is certain where AWS gave it as such.
 */
export function notCreatedBecause(steps: ReadonlyArray<WrittenStep<AnyOperation>>): string | undefined {
	if (steps.some((step) => !isSurelyOthers(step))) return undefined;
	return 'it was there already when this run was to create it';
}

const refusals = new Set(['bucket-of-somebody-else', 'not-allowed', 'role-appeared']);

function isSurelyOthers({answer, outcome, code}: WrittenStep<AnyOperation>): boolean {
	return answer?.created === 'no' || (outcome === 'failed' && refusals.has(code ?? ''));
}

/**
 * In what a bucket differs from how the run left it, a phrase each; none: it is as it was left. What the run never sets has to be empty,
 * whenever it came; what AWS sets itself has to be as after the run, or, where nobody read that, as AWS gives it to every new bucket.
 * What cannot be read counts as a difference.
 */
export function differencesOf(
	{target, all}: Group<AnyOperation>,
	now: BucketImage,
	/** What runs of this machine wrote to enable versioning. */
	enablings: ReadonlyArray<WrittenStep<AnyOperation>>,
): readonly string[] {
	const image = all.findLast((step) => step.image !== undefined)?.image;
	const names = Object.keys(newBucket) as ReadonlyArray<keyof typeof newBucket>;
	const settings = names.flatMap((name) => {
		const value = now.settings[name];
		if (value === undefined) return [unreadText(name, now)];
		const asNew = name === 'objectLock' && all.some(isLockedByRun) ? lockedBucket : newBucket[name];
		const recorded = asNew === null ? undefined : image?.settings[name];
		if (isSameValue(value, recorded ?? asNew)) return [];
		if (recorded === undefined && name === 'encryption' && isUsualEncryption(value)) return [];
		return [
			asNew === null
				? `its ${nouns[name]}: this run made none`
				: `its ${nouns[name]}: another than after the run`,
		];
	});
	return [...settings, ...versioningDifference(target, now, image, enablings)];
}

const lockedBucket = {ObjectLockEnabled: 'Enabled'};

/** Whether a step was to create its bucket with Object Lock. */
function isLockedByRun({operation}: WrittenStep<AnyOperation>): boolean {
	const after = 'after' in operation ? operation.after : undefined;
	return isRecord(after) && 'ObjectLockEnabledForBucket' in after;
}

/** New buckets refuse keys of the customer, and say so where the SDK knows of it. Source: S3 User Guide, "Blocking SSE-C". */
function isUsualEncryption(value: unknown): boolean {
	if (!Array.isArray(value)) return false;
	const rules = value.map((rule: object) => {
		const {BlockedEncryptionTypes: blocked, ...rest} = rule as {
			readonly BlockedEncryptionTypes?: {readonly EncryptionType?: readonly string[]};
		};
		return blocked === undefined || isSameValue(blocked, {EncryptionType: ['SSE-C']}) ? rest : rule;
	});
	return isSameValue(rules, newBucket.encryption);
}

/** Versioning is what runs of this machine write: enabled where one may have done so, and never off again. */
function versioningDifference(
	bucket: string,
	now: BucketImage,
	image: BucketImage | undefined,
	enablings: ReadonlyArray<WrittenStep<AnyOperation>>,
): readonly string[] {
	const value = now.settings.versioning;
	if (value === undefined) return [unreadText('versioning', now)];
	const enabling = enablings.filter(({operation: {target}}) => target === bucket);
	const wasEnabled =
		enabling.some(({outcome}) => outcome === 'done') || isSameValue(image?.settings.versioning, enabled);
	if (isSameValue(value, enabled) && (wasEnabled || enabling.length > 0)) return [];
	if (value === null && !wasEnabled) return [];
	return ['its versioning: another than after the run'];
}

const enabled = {Status: 'Enabled'};

function unreadText(name: ImageSetting, {unread}: BucketImage): string {
	return `its ${nouns[name]} cannot be read (${unread[name] ?? 'no answer'})`;
}

/** The settings that differ between two images of a bucket, as a person calls them. What cannot be read counts as changed. */
export function changedSettings(planned: BucketImage, now: BucketImage): readonly string[] {
	return imageSettings
		.filter(
			(name) => now.settings[name] === undefined || !isSameValue(now.settings[name], planned.settings[name]),
		)
		.map((name) => `its ${nouns[name]}`);
}
