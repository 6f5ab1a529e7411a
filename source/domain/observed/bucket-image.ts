/** The settings of a bucket that say whether it is still as a run left it. Documents that a run writes itself are not among them. */
export const imageSettings = [
	'versioning',
	'uploads',
	'tagging',
	'lifecycle',
	'notification',
	'encryption',
	'ownership',
	'publicAccessBlock',
	'website',
	'cors',
	'logging',
	'inventory',
	'objectLock',
] as const;

export type ImageSetting = (typeof imageSettings)[number];

/** A bucket's settings as they were read, as S3 gives them. */
export type BucketImage = {
	/** `null`: there is none. */
	readonly settings: Readonly<Partial<Record<ImageSetting, unknown>>>;
	/** What could not be read, with the permission that it takes, or what the endpoint answered. */
	readonly unread: Readonly<Partial<Record<ImageSetting, string>>>;
	/** When S3 says that the bucket was created, in milliseconds since 1970. It can move when a bucket is edited: a hint, no more. */
	readonly createdAt?: number;
};
