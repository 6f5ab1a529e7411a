import {type ListMFADevicesRequest, type ListMFADevicesResponse} from '@aws-sdk/client-iam';
import {type MfaDevice} from '../../world/account.js';
import {type QueryAction} from '../action.js';
import {devicesOf, enableDateOf} from '../mfa-devices.js';
import {byName, pageOf} from '../page.js';
import {userArnOf, userOrCaller} from '../users.js';

export const listMfaDevices: QueryAction<ListMFADevicesRequest, ListMFADevicesResponse> = {
	name: 'ListMFADevices',
	permission: (call) => ({action: 'iam:ListMFADevices', resource: userArnOf(call, call.input.UserName)}),
	target: ({UserName}) => UserName,
	run(call) {
		const user = userOrCaller(call, call.input.UserName);
		const nameOf = ({serialNumber}: MfaDevice): string => serialNumber;
		const {page, more} = pageOf([...devicesOf(call, user)].sort(byName(nameOf)), nameOf, call.input);
		return {
			MFADevices: page.map(({serialNumber, assigned}) => ({
				UserName: user.userName,
				SerialNumber: serialNumber,
				EnableDate: assigned && enableDateOf(assigned),
			})),
			...more,
		};
	},
};
