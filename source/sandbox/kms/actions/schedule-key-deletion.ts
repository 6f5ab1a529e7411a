import {type ScheduleKeyDeletionRequest, type ScheduleKeyDeletionResponse} from '@aws-sdk/client-kms';
import {type KmsAction} from '../action.js';
import {invalidMember} from '../errors.js';
import {refusePending, stateOf} from '../key-state.js';
import {refuseManaged} from '../make-call.js';

const usualDays = 30;
const minDays = 7;
const maxDays = 30;
const dayMs = 24 * 60 * 60 * 1000;

export const scheduleKeyDeletion: KmsAction<ScheduleKeyDeletionRequest, ScheduleKeyDeletionResponse> = {
	name: 'ScheduleKeyDeletion',
	run({world, input, keyFor}) {
		const windowDays = input.PendingWindowInDays ?? usualDays;
		const key = keyFor(input.KeyId, {
			action: 'kms:ScheduleKeyDeletion',
			context: {'kms:ScheduleKeyDeletionPendingWindowInDays': String(windowDays)},
		});
		refuseManaged(key, 'kms:ScheduleKeyDeletion');
		if (windowDays < minDays || windowDays > maxDays) {
			const rule =
				windowDays < minDays ? `greater than or equal to ${minDays}` : `less than or equal to ${maxDays}`;
			throw invalidMember('pendingWindowInDays', `have value ${rule}`, String(windowDays));
		}
		refusePending(key);
		const atMs = world.clock.now() + windowDays * dayMs;
		key.deletion = {atMs, windowDays};
		key.isEnabled = false;
		return {
			KeyId: key.arn,
			DeletionDate: new Date(atMs),
			KeyState: stateOf(key),
			PendingWindowInDays: windowDays,
		};
	},
};
