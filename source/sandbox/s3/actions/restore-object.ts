import {type RestoreObjectOutput, type RestoreObjectRequest} from '@aws-sdk/client-s3';
import {dayMs} from '../../world/clock.js';
import {type BucketAction} from '../action.js';
import {isArchived} from '../objects/archive.js';
import {invalidArgument, notImplemented, s3Error} from '../errors/errors.js';
import {findObject} from '../versions/find-version.js';

/** A moment, where S3 takes minutes to hours: long enough to be seen under way. Own. */
const restoreMs = 1000;

/**
 * Brings a copy of an archived object back for some days, until the midnight (UTC) behind them; asked again it lengthens
 * them (S3 API reference, RestoreObject; S3 User Guide, restoring-objects).
 */
export const restoreObject: BucketAction<RestoreObjectRequest, RestoreObjectOutput> = {
	name: 'RestoreObject',
	target: 'object',
	permissions: ['s3:RestoreObject'],
	run(call) {
		const {world, input} = call;
		const version = findObject(call, input.VersionId);
		const {Days, Type} = input.RestoreRequest ?? {};
		if (Type !== undefined) throw notImplemented('RestoreObject with a query');
		if (!isArchived(version.data)) {
			throw s3Error('InvalidObjectState', {
				message: "Restore is not allowed for the object's current storage class",
				fields: {StorageClass: version.data.storageClass},
			});
		}
		if (Days === undefined) throw s3Error('MalformedXML');
		if (Days < 1) throw invalidArgument('Days must be a positive integer', 'Days', String(Days));
		const now = world.clock.now();
		const held = version.restore;
		const isHeld = held !== undefined && now < held.untilMs;
		if (isHeld && now < held.readyMs) throw s3Error('RestoreAlreadyInProgress');
		const readyMs = isHeld ? held.readyMs : now + restoreMs;
		version.restore = {readyMs, untilMs: (Math.floor((now + Days * dayMs) / dayMs) + 1) * dayMs};
		return {status: isHeld ? 200 : 202};
	},
};
