import {randomBytes} from 'node:crypto';
import {type CreateVirtualMFADeviceRequest, type CreateVirtualMFADeviceResponse} from '@aws-sdk/client-iam';
import {type QueryAction, type QueryCall} from '../action.js';
import {base32} from '../../mfa/totp.js';
import {iamError, notImplemented} from '../errors.js';
import {checkPath} from '../path.js';
import {checkName} from '../roles.js';
import {iamArn} from '../../world/partition.js';

/** As long as AWS's seeds are: 64 letters of Base32. */
const seedBytes = 40;
const longestName = 226;

/**
 * The seed comes back as text for an authenticator app, once; a picture of it (QRCodePNG) the sandbox does not draw. As
 * secret as an access key, the seed never comes from the sandbox's own seed. Words of the error: third-party (moto).
 */
export const createVirtualMfaDevice: QueryAction<
	CreateVirtualMFADeviceRequest,
	CreateVirtualMFADeviceResponse
> = {
	name: 'CreateVirtualMFADevice',
	permission: (call) => ({action: 'iam:CreateVirtualMFADevice', resource: arnOf(call)}),
	target: ({VirtualMFADeviceName}) => VirtualMFADeviceName,
	run(call) {
		const {account, input} = call;
		checkName('virtualMFADeviceName', input.VirtualMFADeviceName, longestName);
		checkPath(input.Path ?? '/');
		if (input.Tags?.length) throw notImplemented('tags of MFA devices');
		const serialNumber = arnOf(call);
		if (account.mfaDevices.has(serialNumber)) {
			throw iamError('EntityAlreadyExists', 'MFADevice entity at the same path and name already exists.');
		}
		const seed = randomBytes(seedBytes);
		account.mfaDevices.set(serialNumber, {serialNumber, seed, assigned: undefined, usedStep: 0});
		return {
			VirtualMFADevice: {SerialNumber: serialNumber, Base32StringSeed: Buffer.from(base32(seed))},
		};
	},
};

function arnOf({world, account, input}: QueryCall<CreateVirtualMFADeviceRequest>): string {
	return iamArn(world, account.accountId, `mfa${input.Path ?? '/'}${input.VirtualMFADeviceName ?? ''}`);
}
