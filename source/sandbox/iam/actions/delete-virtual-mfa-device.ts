import {type DeleteVirtualMFADeviceRequest} from '@aws-sdk/client-iam';
import {type QueryAction} from '../action.js';
import {iamError} from '../errors.js';
import {findDevice} from '../mfa-devices.js';

/** One that is in use is not deleted (IAM API reference, DeleteVirtualMFADevice; the words: guessed). */
export const deleteVirtualMfaDevice: QueryAction<DeleteVirtualMFADeviceRequest, object> = {
	name: 'DeleteVirtualMFADevice',
	permission: ({input}) => ({
		action: 'iam:DeleteVirtualMFADevice',
		resource: input.SerialNumber ?? '',
	}),
	target: ({SerialNumber}) => SerialNumber,
	run(call) {
		const device = findDevice(call, call.input.SerialNumber);
		if (device.assigned !== undefined) {
			throw iamError('DeleteConflict', 'Cannot delete entity, must deactivate the MFA device first.');
		}
		call.account.mfaDevices.delete(device.serialNumber);
		return {};
	},
};
