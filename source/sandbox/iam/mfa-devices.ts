import {type VirtualMFADevice} from '@aws-sdk/client-iam';
import {type MfaDevice, type User} from '../world/account.js';
import {type QueryCall} from './action.js';
import {iamError} from './errors.js';
import {showUser} from './users.js';

/** Finds a device of the caller's account. Throws NoSuchEntity; words: third-party (moto). */
export function findDevice({account}: QueryCall<unknown>, serialNumber: string | undefined): MfaDevice {
	const device = account.mfaDevices.get(serialNumber ?? '');
	if (device !== undefined) return device;
	throw iamError('NoSuchEntity', `VirtualMFADevice with serial number ${serialNumber ?? ''} doesn't exist.`);
}

/** The devices that are a user's now. */
export function devicesOf({account}: QueryCall<unknown>, user: User): readonly MfaDevice[] {
	return [...account.mfaDevices.values()].filter(({assigned}) => assigned?.user === user);
}

/** A device as lists show it: never its seed (IAM API reference, ListVirtualMFADevices). */
export function showDevice({serialNumber, assigned}: MfaDevice): VirtualMFADevice {
	return {
		SerialNumber: serialNumber,
		...(assigned === undefined
			? {}
			: {User: showUser(assigned.user, {isComplete: false}), EnableDate: enableDateOf(assigned)}),
	};
}

/** In whole seconds, as IAM tells times. */
export function enableDateOf({enabledMs}: NonNullable<MfaDevice['assigned']>): Date {
	return new Date(Math.floor(enabledMs / 1000) * 1000);
}
