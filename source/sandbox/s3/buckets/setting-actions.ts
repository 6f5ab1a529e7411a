import {type SettingName} from '../../world/bucket.js';
import {type BucketCall, onBucket, type S3Action} from '../action.js';
import {ServiceError} from '../../wire/service-error.js';

/** A setting of buckets that is stored and given back. */
export type Setting = {
	readonly name: SettingName;
	/** The operations; one without `delete` is unset by an empty put. */
	readonly operations: {readonly put: string; readonly get: string; readonly delete?: string};
	/** The actions of the policy language. */
	readonly permissions: {readonly put: string; readonly get: string; readonly delete?: string};
	/** The member of the put's input that holds it. */
	readonly member: string;
	/** The get's output has it in the same member; else its members are the output's. */
	readonly isMemberOfOutput?: boolean;
	/** Throws what S3 answers to a value that it does not take. */
	readonly check?: (call: BucketCall<unknown>, value: Readonly<Record<string, unknown>>) => void;
	/** What is stored of the value, where it is not the value itself; undefined unsets the setting. */
	readonly stored?: (
		call: BucketCall<Readonly<Record<string, unknown>>>,
		value: object,
	) => object | undefined;
	/** What S3 does once the value is stored. */
	readonly done?: (call: BucketCall<unknown>, stored: object) => void;
	/** What the put gives back. */
	readonly answer?: (stored: object) => object;
	/** What a bucket has that was never set: a value, or an error. */
	readonly unset: object | (() => ServiceError);
	readonly putStatus?: number;
};

/** Takes a setting, gives its operations. */
export function actionsOfSetting(setting: Setting): readonly S3Action[] {
	const {name, operations, member, permissions, isMemberOfOutput, unset} = setting;
	const get = onBucket(
		operations.get,
		({bucket}) => {
			const value = bucket.settings.get(name) ?? unset;
			if (typeof value === 'function') throw withBucketName((value as () => ServiceError)(), bucket.name);
			return {output: isMemberOfOutput === true ? {[member]: value} : value};
		},
		[permissions.get],
	);
	if (operations.delete === undefined) return [putAction(setting), get];
	const remove = onBucket(
		operations.delete,
		({bucket}) => {
			bucket.settings.delete(name);
			return {status: 204};
		},
		[permissions.delete ?? permissions.put],
	);
	return [putAction(setting), get, remove];
}

function putAction(setting: Setting): S3Action {
	const {name, operations, member, permissions, check, stored, done, answer, putStatus} = setting;
	return onBucket<Readonly<Record<string, unknown>>>(
		operations.put,
		(call) => {
			const value = (call.input[member] ?? {}) as Readonly<Record<string, unknown>>;
			check?.(call, value);
			const kept = stored === undefined ? value : stored(call, value);
			if (kept === undefined) call.bucket.settings.delete(name);
			else call.bucket.settings.set(name, kept);
			if (kept !== undefined) done?.(call, kept);
			return {status: putStatus, output: kept && answer?.(kept)};
		},
		[permissions.put],
	);
}

/** As recorded of all "not found" answers, for example TestS3BucketObjectTagging::test_bucket_tagging_crud. */
function withBucketName({code, status, message}: ServiceError, bucketName: string): ServiceError {
	return new ServiceError(code, status, message, {fields: {BucketName: bucketName}});
}
