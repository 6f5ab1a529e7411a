import {createHash} from 'node:crypto';
import {bucketArn, objectArn} from '../s3/action.js';
import {writeVersion} from '../s3/versions/write-version.js';
import {type Bucket} from '../world/bucket.js';
import {type BodyWriter} from '../world/body-store.js';
import {type KmsEncryption, type ObjectVersion} from '../world/object-version.js';
import {type World} from '../world/world.js';
import {type BatchRole} from './batch-role.js';

/** A file that a job writes piece by piece: long ones lie on the disk. */
export class JobFile {
	readonly #hash = createHash('md5');
	readonly #writer: BodyWriter;

	constructor(world: World) {
		this.#writer = world.bodies.receive();
	}

	async write(text: string): Promise<void> {
		const bytes = Buffer.from(text);
		this.#hash.update(bytes);
		await this.#writer.write(bytes);
	}

	/** Makes it an object, encrypted with keys of S3's own as reports are (S3 User Guide, batch-ops-examples-reports) or as is said; gives its MD5. */
	async store(
		world: World,
		bucket: Bucket,
		key: string,
		written: (bucket: Bucket, version: ObjectVersion) => void,
		encryption?: KmsEncryption,
	): Promise<string> {
		const etag = this.#hash.digest('hex');
		const version = writeVersion(world, bucket, {
			key,
			tags: [],
			data: {
				body: await this.#writer.finish(),
				etag,
				headers: {ContentType: key.endsWith('.json') ? 'application/json' : 'text/csv'},
				metadata: {},
				storageClass: 'STANDARD',
				checksum: undefined,
				...(encryption === undefined ? {} : {encryption}),
			},
		});
		written(bucket, version);
		return etag;
	}

	/** Gives up: nothing of it stays. */
	async abandon(): Promise<void> {
		await this.#writer.abandon();
	}
}

/** Finds the bucket of an ARN. */
export function bucketOfArn(world: World, arn: string | undefined): Bucket | undefined {
	const bucket = world.buckets.get((arn ?? '').split(':::')[1] ?? '');
	return bucket !== undefined && bucketArn(bucket) === arn ? bucket : undefined;
}

/** Says whether the role may put an object there. */
export function mayPut(role: BatchRole, bucket: Bucket, key: string, algorithm = 'AES256'): boolean {
	return role.may(bucket, 's3:PutObject', objectArn(bucket, key), {
		's3:x-amz-server-side-encryption': algorithm,
	});
}
