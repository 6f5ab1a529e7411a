import {type PolicyDocument} from './document.js';
import {type Condition} from './match-condition.js';

export type NamedPolicy = {readonly name: string; readonly document: PolicyDocument};

/** Stands for policies that are asked apart, or that nobody could read. */
export const allowsAll: NamedPolicy = {
	name: 'everything',
	document: {Version: '2012-10-17', Statement: {Effect: 'Allow', Action: '*', Resource: '*'}},
};

/** The policies that bear on one request: the caller's, the resource's, and the boundary of the caller. */
export type PolicySet = {
	readonly identity: readonly NamedPolicy[];
	readonly resource?: NamedPolicy;
	readonly boundary?: NamedPolicy;
	/** What was given to AssumeRole: together they cap the session as a boundary does. */
	readonly session?: readonly NamedPolicy[];
};

/** Why: a statement that allowed or denied, or the kind of policy in which an Allow is missing. */
export type Reason = {
	readonly effect: 'allow' | 'explicit-deny' | 'missing-allow';
	readonly where: 'identity' | 'resource' | 'boundary' | 'session';
	readonly policy?: string;
	/** Its Sid, or its number from 1. */
	readonly statement?: string;
	/** Why it may not apply; only in what is foreseen. */
	readonly unsure?: Unsure;
};

/** What of a statement is not known before the request is made. */
export type Unsure = {
	/** Conditions that nobody knows before. */
	readonly conditions: readonly Condition[];
	/** The keys, in the conditions or as variables, whose values they hang on. */
	readonly keys: readonly string[];
	/** Whether it hits a part of the resources asked about, and not all of them. */
	readonly isPartial: boolean;
};

export type Decision = {readonly isAllowed: boolean; readonly reasons: readonly Reason[]};
