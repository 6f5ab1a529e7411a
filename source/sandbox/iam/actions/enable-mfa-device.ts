import {type EnableMFADeviceRequest} from '@aws-sdk/client-iam';
import {type QueryAction} from '../action.js';
import {takeTwoCodes} from '../../mfa/take-code.js';
import {iamError} from '../errors.js';
import {devicesOf, findDevice} from '../mfa-devices.js';
import {findUser, userArnOf} from '../users.js';

/** IAM User Guide, reference_iam-quotas: eight for a user. */
const maxDevices = 8;

/** Codes: IAM API reference, EnableMFADevice; the words about a code that is wrong are those people report of AWS. */
export const enableMfaDevice: QueryAction<EnableMFADeviceRequest, object> = {
	name: 'EnableMFADevice',
	permission: (call) => ({action: 'iam:EnableMFADevice', resource: userArnOf(call, call.input.UserName)}),
	target: ({UserName}) => UserName,
	run(call) {
		const {world, input} = call;
		const user = findUser(call, input.UserName);
		const device = findDevice(call, input.SerialNumber);
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
	},
};
