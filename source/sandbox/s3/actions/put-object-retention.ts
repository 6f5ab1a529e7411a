import {type PutObjectRetentionRequest} from '@aws-sdk/client-s3';
import {type Retention} from '../../world/object-version.js';
import {type BucketAction, objectArn} from '../action.js';
import {s3Error} from '../errors/errors.js';
import {findObject} from '../versions/find-version.js';
import {noObjectLock, retentionOf} from '../objects/object-lock.js';

/** S3 User Guide, object-lock: retention may be lengthened by who may set it, shortened only in governance mode. */
export const putObjectRetention: BucketAction<PutObjectRetentionRequest, object> = {
	name: 'PutObjectRetention',
	target: 'object',
	permissions: ['s3:PutObjectRetention'],
	run(call) {
		const {world, bucket, input, key, may, metadataChanged} = call;
		if (bucket.objectLock === undefined) throw noObjectLock();
		const version = findObject(call, input.VersionId);
		const now = world.clock.now();
		const {Mode, RetainUntilDate} = input.Retention ?? {};
		if ((Mode === undefined) !== (RetainUntilDate === undefined)) throw s3Error('MalformedXML');
		const wanted = Mode === undefined ? undefined : retentionOf(Mode, RetainUntilDate, now);
		const held = version.retention;
		const isHeld = held !== undefined && held.untilMs > now;
		const mayBypass = (): boolean =>
			held?.mode === 'GOVERNANCE' &&
			input.BypassGovernanceRetention === true &&
			may({action: 's3:BypassGovernanceRetention', resource: objectArn(bucket, key)});
		if (isHeld && isWeaker(wanted, held) && !mayBypass()) {
			throw s3Error('AccessDenied', {message: 'Access Denied because object protected by object lock.'});
		}
		version.retention = wanted;
		metadataChanged(bucket, version, 'retention');
		return {};
	},
};

function isWeaker(wanted: Retention | undefined, held: Retention): boolean {
	if (wanted === undefined || wanted.untilMs < held.untilMs) return true;
	return held.mode === 'COMPLIANCE' && wanted.mode === 'GOVERNANCE';
}
