import {type EnableKeyRotationRequest} from '@aws-sdk/client-kms';
import {type KmsAction} from '../action.js';
import {invalidMember} from '../errors.js';
import {refuseManaged} from '../make-call.js';
import {requireEnabled} from '../use-to-encrypt.js';

const usualDays = 365;
const minDays = 90;
const maxDays = 2560;

/** The rotation itself never comes: nothing here lives that long. */
export const enableKeyRotation: KmsAction<EnableKeyRotationRequest, object> = {
	name: 'EnableKeyRotation',
	run({world, input, keyFor}) {
		const periodDays = input.RotationPeriodInDays ?? usualDays;
		const key = keyFor(input.KeyId, {
			action: 'kms:EnableKeyRotation',
			context: {'kms:RotationPeriodInDays': String(periodDays)},
		});
		refuseManaged(key, 'kms:EnableKeyRotation');
		requireEnabled(key);
		if (periodDays < minDays || periodDays > maxDays) {
			const rule =
				periodDays < minDays ? `greater than or equal to ${minDays}` : `less than or equal to ${maxDays}`;
			throw invalidMember('rotationPeriodInDays', `have value ${rule}`, String(periodDays));
		}
		key.rotation = {periodDays, sinceMs: world.clock.now()};
		return {};
	},
};
