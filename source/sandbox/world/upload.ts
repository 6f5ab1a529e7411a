import {type Tag} from './account.js';
import {type Acl} from './acl.js';
import {type StoredBody} from './body-store.js';
import {
	type Checksum,
	type ChecksumName,
	type KmsEncryption,
	type ObjectHeaders,
	type ObjectVersion,
} from './object-version.js';

/** A part of an object that is being uploaded. */
export type Part = {
	readonly partNumber: number;
	readonly body: StoredBody;
	readonly etag: string;
	readonly checksum: Checksum | undefined;
	readonly lastModifiedMs: number;
};

/** An upload in parts that is under way. */
export type Upload = {
	readonly uploadId: string;
	readonly key: string;
	readonly initiatedMs: number;
	/** Says what was written before and after it. */
	readonly sequence: number;
	/** Who began it: a user's or a session's ARN. */
	readonly initiator: string;
	readonly headers: ObjectHeaders;
	readonly metadata: Readonly<Record<string, string>>;
	readonly storageClass: string;
	readonly encryption: KmsEncryption | undefined;
	readonly lock: Pick<ObjectVersion, 'retention' | 'legalHold'>;
	readonly acl: Acl | undefined;
	readonly tags: readonly Tag[];
	/** Its key was deleted while the upload was under way. */
	isKeyDeletedSince: boolean;
	/** What the client chose; nothing where it left it to S3. */
	readonly checksumAlgorithm: ChecksumName | undefined;
	readonly isChecksumComposite: boolean;
	readonly parts: Map<number, Part>;
};

/** What is kept of an upload that was completed. */
export type CompletedUpload = {
	readonly key: string;
	/** The numbers and entity tags of the parts that it was completed with. */
	readonly parts: string;
	readonly version: ObjectVersion;
};
