import {createHash} from 'node:crypto';
import {type KmsEncryption} from '../../world/object-version.js';
import {type World} from '../../world/world.js';

/**
 * The entity tag of bytes with that digest: with a key of KMS it looks like one and is none (S3 API reference, Object, ETag; recorded:
 * test_s3_copy_object_in_place_with_encryption).
 */
export function shownEtagOf(world: World, md5: string, encryption: KmsEncryption | undefined): string {
	if (encryption === undefined) return md5;
	return createHash('md5').update(`${md5}/${world.ids.uuid()}`).digest('hex');
}
