import type {Kind, OperationBase} from './kind.js';

export type DeleteBucket = OperationBase & {readonly kind: 'delete-bucket'; readonly after: null};

export const deleteBucket: Kind<DeleteBucket> = {
	kind: 'delete-bucket',
	words: {plan: 'Delete bucket', doing: 'Deleting bucket', done: 'Bucket deleted'},
	noun: 'the bucket',
	detail: ({region}) => `${region}, if it is empty then`,
};
