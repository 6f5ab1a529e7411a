import {randomBytes} from 'node:crypto';
import type * as iam from '@aws-sdk/client-iam';
import {takeTwoCodes} from '../mfa/take-code.js';
import {base32} from '../mfa/totp.js';
import {type MfaDevice, type User} from '../world/account.js';
import {wholeSeconds} from '../world/clock.js';
import {iamArn} from '../world/partition.js';
import {iamAction, type QueryAction, type QueryCall} from './action.js';
import {iamError, notImplemented} from './errors.js';
import {checkName, checkPath} from './names.js';
import {pageOf} from './page.js';
import {findUser, theUser, showUser, userOrCaller} from './users.js';

/** As long as AWS's seeds are: 64 letters of Base32. */
const seedBytes = 40;
const longestName = 226;
/** IAM User Guide, reference_iam-quotas: eight for a user. */
const maxDevices = 8;

/** Virtual MFA devices. Words about those that are there or not: third-party (moto). */
export const mfaDeviceActions: readonly QueryAction[] = [
	// The seed comes back as text for an authenticator app, once; a picture of it (QRCodePNG) the sandbox does not draw.
	iamAction<iam.CreateVirtualMFADeviceRequest, iam.CreateVirtualMFADeviceResponse>(
		'CreateVirtualMFADevice',
		{resource: arnOf, target: ({VirtualMFADeviceName}) => VirtualMFADeviceName},
		(call) => {
			const {account, input} = call;
			checkName('virtualMFADeviceName', input.VirtualMFADeviceName, longestName);
			checkPath(input.Path ?? '/');
			if (input.Tags?.length) throw notImplemented('tags of MFA devices');
			const serialNumber = arnOf(call);
			if (account.mfaDevices.has(serialNumber)) {
				throw iamError('EntityAlreadyExists', 'MFADevice entity at the same path and name already exists.');
			}
			// As secret as an access key, it never comes from the sandbox's own seed.
			const seed = randomBytes(seedBytes);
			account.mfaDevices.set(serialNumber, {serialNumber, seed, assigned: undefined, usedStep: 0});
			return {
				VirtualMFADevice: {SerialNumber: serialNumber, Base32StringSeed: Buffer.from(base32(seed))},
			};
		},
	),
	// One that is in use is not deleted (IAM API reference, DeleteVirtualMFADevice; the words: guessed).
	iamAction<iam.DeleteVirtualMFADeviceRequest>(
		'DeleteVirtualMFADevice',
		{resource: ({input}) => input.SerialNumber ?? '', target: ({SerialNumber}) => SerialNumber},
		(call) => {
			const device = findDevice(call);
			if (device.assigned !== undefined) {
				throw iamError('DeleteConflict', 'Cannot delete entity, must deactivate the MFA device first.');
			}
			call.account.mfaDevices.delete(device.serialNumber);
			return {};
		},
	),
	// Codes: IAM API reference, EnableMFADevice; the words about a code that is wrong are those people report of AWS.
	iamAction<iam.EnableMFADeviceRequest>('EnableMFADevice', theUser, (call) => {
		const {world, input} = call;
		const user = findUser(call, input.UserName);
		const device = findDevice(call);
		if (device.assigned !== undefined) {
			throw iamError('EntityAlreadyExists', `MFADevice ${device.serialNumber} is already in use.`);
		}
		if (devicesOf(call, user).length >= maxDevices) {
			throw iamError('LimitExceeded', `Cannot exceed quota for MfaDevicesPerUser: ${maxDevices}`);
		}
		const now = world.clock.now();
		if (!takeTwoCodes(device, input.AuthenticationCode1 ?? '', input.AuthenticationCode2 ?? '', now)) {
			throw iamError('InvalidAuthenticationCode');
		}
		device.assigned = {user, enabledMs: now};
		return {};
	}),
	iamAction<iam.DeactivateMFADeviceRequest>('DeactivateMFADevice', theUser, (call) => {
		const user = userOrCaller(call);
		const device = findDevice(call);
		if (device.assigned?.user !== user) {
			throw iamError('NoSuchEntity', `MFADevice ${device.serialNumber} is not of ${user.userName}.`);
		}
		device.assigned = undefined;
		return {};
	}),
	iamAction<iam.ListMFADevicesRequest, iam.ListMFADevicesResponse>('ListMFADevices', theUser, (call) => {
		const user = userOrCaller(call);
		const {page, more} = pageOf(devicesOf(call, user), serialNumberOf, call.input);
		return {
			MFADevices: page.map(({serialNumber, assigned}) => ({
				UserName: user.userName,
				SerialNumber: serialNumber,
				EnableDate: assigned && wholeSeconds(assigned.enabledMs),
			})),
			...more,
		};
	}),
	// Lists never show the seed (IAM API reference, ListVirtualMFADevices).
	iamAction<iam.ListVirtualMFADevicesRequest, iam.ListVirtualMFADevicesResponse>(
		'ListVirtualMFADevices',
		{resource: () => '*'},
		({account, input: {AssignmentStatus: status = 'Any', ...input}}) => {
			const devices = [...account.mfaDevices.values()].filter(
				({assigned}) => status === 'Any' || (status === 'Assigned') === (assigned !== undefined),
			);
			const {page, more} = pageOf(devices, serialNumberOf, input);
			return {
				VirtualMFADevices: page.map(({serialNumber, assigned}) => ({
					SerialNumber: serialNumber,
					User: assigned && showUser(assigned.user, {isComplete: false}),
					EnableDate: assigned && wholeSeconds(assigned.enabledMs),
				})),
				...more,
			};
		},
	),
];

/** The devices that are a user's now. */
export function devicesOf({account}: QueryCall<unknown>, user: User): readonly MfaDevice[] {
	return [...account.mfaDevices.values()].filter(({assigned}) => assigned?.user === user);
}

/** Finds a device of the caller's account. Throws NoSuchEntity. */
function findDevice({account, input}: QueryCall<{readonly SerialNumber: string | undefined}>): MfaDevice {
	const {SerialNumber = ''} = input;
	const device = account.mfaDevices.get(SerialNumber);
	if (device !== undefined) return device;
	throw iamError('NoSuchEntity', `VirtualMFADevice with serial number ${SerialNumber} doesn't exist.`);
}

function serialNumberOf({serialNumber}: MfaDevice): string {
	return serialNumber;
}

function arnOf({world, account, input}: QueryCall<iam.CreateVirtualMFADeviceRequest>): string {
	return iamArn(world, account.accountId, `mfa${input.Path ?? '/'}${input.VirtualMFADeviceName ?? ''}`);
}
