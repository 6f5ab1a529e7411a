import {type ListVirtualMFADevicesRequest, type ListVirtualMFADevicesResponse} from '@aws-sdk/client-iam';
import {type MfaDevice} from '../../world/account.js';
import {type QueryAction} from '../action.js';
import {showDevice} from '../mfa-devices.js';
import {byName, pageOf} from '../page.js';

export const listVirtualMfaDevices: QueryAction<ListVirtualMFADevicesRequest, ListVirtualMFADevicesResponse> =
	{
		name: 'ListVirtualMFADevices',
		permission: () => ({action: 'iam:ListVirtualMFADevices', resource: '*'}),
		run({account, input}) {
			const nameOf = ({serialNumber}: MfaDevice): string => serialNumber;
			const isWanted = ({assigned}: MfaDevice): boolean =>
				(input.AssignmentStatus ?? 'Any') === 'Any' ||
				(input.AssignmentStatus === 'Assigned') === (assigned !== undefined);
			const devices = [...account.mfaDevices.values()].filter(isWanted).sort(byName(nameOf));
			const {page, more} = pageOf(devices, nameOf, input);
			return {VirtualMFADevices: page.map(showDevice), ...more};
		},
	};
