import {type StoredBody} from './body-store.js';
import {type Tag} from './account.js';
import {type Acl} from './acl.js';

/** What became of the copy of a version to one destination bucket. */
export type CopyStatus = 'PENDING' | 'COMPLETED' | 'FAILED';

/** The headers that S3 keeps with an object and gives back. */
export type ObjectHeaders = Readonly<{
	CacheControl?: string;
	ContentDisposition?: string;
	ContentEncoding?: string;
	ContentLanguage?: string;
	ContentType?: string;
	Expires?: string;
	WebsiteRedirectLocation?: string;
}>;

export type ChecksumName = 'CRC32' | 'CRC32C' | 'CRC64NVME' | 'SHA1' | 'SHA256';
export type Checksum = {
	readonly algorithm: ChecksumName;
	readonly value: string;
	/** It is the checksum of the checksums of the parts. */
	readonly isComposite?: boolean;
};

/** What is known of a part after its upload was completed. */
export type UploadedPart = {
	readonly partNumber: number;
	readonly sizeBytes: number;
	readonly checksum: Checksum;
};

/** How an object is encrypted with a key of KMS. */
export type KmsEncryption = {
	readonly algorithm: 'aws:kms' | 'aws:kms:dsse';
	readonly keyArn: string;
	/** A key of the bucket's stands between the object and the key of KMS: then the bucket is the context, not the object. */
	readonly usesBucketKey: boolean;
	/** What the writer gave beside that. */
	readonly context: Readonly<Record<string, string>>;
};

export type ObjectData = {
	readonly body: StoredBody;
	readonly etag: string;
	readonly headers: ObjectHeaders;
	readonly metadata: Readonly<Record<string, string>>;
	readonly storageClass: string;
	/** Absent where it is encrypted with keys of S3's own. */
	readonly encryption?: KmsEncryption | undefined;
	readonly checksum: Checksum | undefined;
	/** Of an object that was uploaded in parts. */
	readonly partSizesBytes?: readonly number[];
	/** Theirs, where the client chose an algorithm whose checksum is put together from them. */
	readonly parts?: readonly UploadedPart[];
};

/** Until when Object Lock keeps a version. */
export type Retention = {readonly mode: 'GOVERNANCE' | 'COMPLIANCE'; readonly untilMs: number};

export type ObjectVersion = {
	readonly key: string;
	/** `null` for what was written without versioning. */
	readonly versionId: string;
	/** Whole seconds, as S3 keeps them. */
	readonly lastModifiedMs: number;
	/** Orders versions of one second; a replica keeps its source's. */
	readonly sequence: number;
	/** Absent in a delete marker. */
	readonly data: ObjectData | undefined;
	tags: readonly Tag[];
	retention: Retention | undefined;
	legalHold: 'ON' | 'OFF' | undefined;
	/** Absent in most: it counts only where the bucket has ACLs. */
	acl?: Acl | undefined;
	/** Of an archived object that is being restored, or was: a copy can be read between the two. */
	restore?: {readonly readyMs: number; readonly untilMs: number};
	readonly isReplica: boolean;
	/** By destination bucket; empty where no enabled rule matched when it was written. */
	copies: ReadonlyMap<string, CopyStatus>;
};

/** Shared by the many versions that are not replicated, and by those that are new. */
export const noCopies: ObjectVersion['copies'] = new Map();

/** Notes how far the copy of a version to a destination is. */
export function noteCopy(version: ObjectVersion, destination: string, status: CopyStatus): void {
	version.copies = new Map(version.copies).set(destination, status);
}

/**
 * Gives the replication status that HEAD and GET show: pending until every destination is done, failed if any failed
 * (S3 User Guide, replication-status). A replica shows so how far a change of its own is that goes back.
 */
export function replicationStatusOf(version: ObjectVersion): CopyStatus | 'REPLICA' | undefined {
	const statuses = [...version.copies.values()];
	const status = (['PENDING', 'FAILED', 'COMPLETED'] as const).find((each) => statuses.includes(each));
	return version.isReplica && (status === undefined || status === 'COMPLETED') ? 'REPLICA' : status;
}
