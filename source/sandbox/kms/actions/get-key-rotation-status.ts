import {type GetKeyRotationStatusRequest, type GetKeyRotationStatusResponse} from '@aws-sdk/client-kms';
import {type KmsAction} from '../action.js';

const dayMs = 24 * 60 * 60 * 1000;

/** Keys of AWS are rotated every year; one that is to be deleted is not (KMS API reference, GetKeyRotationStatus). */
export const getKeyRotationStatus: KmsAction<GetKeyRotationStatusRequest, GetKeyRotationStatusResponse> = {
	name: 'GetKeyRotationStatus',
	run({input, keyFor}) {
		const key = keyFor(input.KeyId, {action: 'kms:GetKeyRotationStatus'}, {takesForeign: true});
		const {arn, rotation, manager, deletion} = key;
		if (manager === 'AWS') return {KeyId: arn, KeyRotationEnabled: true};
		if (rotation === undefined || deletion !== undefined) return {KeyId: arn, KeyRotationEnabled: false};
		return {
			KeyId: arn,
			KeyRotationEnabled: true,
			RotationPeriodInDays: rotation.periodDays,
			NextRotationDate: new Date(rotation.sinceMs + rotation.periodDays * dayMs),
		};
	},
};
