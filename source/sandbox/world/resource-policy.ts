import {type PolicyDocument} from '../../policy/document.js';

/** A policy of a bucket or a key as it was written, with who was meant by each principal then. */
export type ResourcePolicy = {
	readonly text: string;
	readonly document: PolicyDocument;
	/** Role and user ARNs named in it, with the unique id that each had. */
	readonly uniqueIds: ReadonlyMap<string, string>;
};
