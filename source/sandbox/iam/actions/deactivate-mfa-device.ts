import {type DeactivateMFADeviceRequest} from '@aws-sdk/client-iam';
import {type QueryAction} from '../action.js';
import {iamError} from '../errors.js';
import {findDevice} from '../mfa-devices.js';
import {userArnOf, userOrCaller} from '../users.js';

export const deactivateMfaDevice: QueryAction<DeactivateMFADeviceRequest, object> = {
	name: 'DeactivateMFADevice',
	permission: (call) => ({
		action: 'iam:DeactivateMFADevice',
		resource: userArnOf(call, call.input.UserName),
	}),
	target: ({UserName}) => UserName,
	run(call) {
		const user = userOrCaller(call, call.input.UserName);
		const device = findDevice(call, call.input.SerialNumber);
		if (device.assigned?.user !== user) {
			throw iamError('NoSuchEntity', `MFADevice ${device.serialNumber} is not of ${user.userName}.`);
		}
		device.assigned = undefined;
		return {};
	},
};
