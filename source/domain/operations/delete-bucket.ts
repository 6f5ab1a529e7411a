import type {BucketImage} from '../observed/bucket-image.js';
import type {Kind, OperationBase} from './kind.js';

export type DeleteBucket = OperationBase & {
	readonly kind: 'delete-bucket';
	/** What the bucket was like when this was planned: it has to be so still when it is deleted. */
	readonly image?: BucketImage;
	readonly after: null;
};

export const deleteBucket: Kind<DeleteBucket> = {
	kind: 'delete-bucket',
	words: {plan: 'Delete bucket', doing: 'Deleting bucket', done: 'Bucket deleted'},
	noun: 'the bucket',
	detail: ({region}) => `${region}, if it is empty then`,
};
