import {type LifecycleRule} from '@aws-sdk/client-s3';
import {invalidArgument, s3Error} from './errors.js';

const maxRules = 1000;
const maxIdLength = 255;
const dayMs = 24 * 60 * 60 * 1000;

/**
 * Throws what S3 answers to lifecycle rules that it does not take. Rules: S3 User Guide, intro-lifecycle-rules, and S3
 * API reference, PutBucketLifecycleConfiguration; words: third-party, as others have seen them.
 */
export function checkLifecycle(rules: readonly LifecycleRule[]): void {
	if (rules.length === 0 || rules.length > maxRules) throw s3Error('MalformedXML');
	rules.forEach(checkRule);
	const ids = rules.flatMap(({ID}) => (ID === undefined ? [] : [ID]));
	const twice = ids.find((id, index) => ids.indexOf(id) < index);
	if (twice !== undefined) {
		throw invalidArgument('Rule ID must be unique. Found same ID for more than one rule', 'ID', twice);
	}
}

function checkRule(rule: LifecycleRule): void {
	const {ID = '', Filter, Prefix, Expiration, Transitions = []} = rule;
	if (ID.length > maxIdLength) {
		throw invalidArgument(`ID length should not exceed allowed limit of ${maxIdLength}`, 'ID', ID);
	}
	// One of the two, and not both.
	if ((Filter === undefined) === (Prefix === undefined)) throw s3Error('MalformedXML');
	if (!hasAction(rule)) {
		throw s3Error('InvalidRequest', {message: 'At least one action needs to be specified in a rule'});
	}
	if (Expiration !== undefined) {
		const {Days, Date: date, ExpiredObjectDeleteMarker} = Expiration;
		const given = [Days, date, ExpiredObjectDeleteMarker].filter((value) => value !== undefined);
		if (given.length !== 1) throw s3Error('MalformedXML');
		checkDays(Days, 1, "'Days' for Expiration action must be a positive integer");
		checkMidnight(date);
	}
	for (const {Days, Date: date} of Transitions) {
		if ((Days === undefined) === (date === undefined)) throw s3Error('MalformedXML');
		checkDays(Days, 0, "'Days' in Transition action must be nonnegative");
		checkMidnight(date);
	}
}

function hasAction(rule: LifecycleRule): boolean {
	return (
		rule.Expiration !== undefined ||
		(rule.Transitions?.length ?? 0) > 0 ||
		rule.NoncurrentVersionExpiration !== undefined ||
		(rule.NoncurrentVersionTransitions?.length ?? 0) > 0 ||
		rule.AbortIncompleteMultipartUpload !== undefined
	);
}

function checkDays(days: number | undefined, least: number, message: string): void {
	if (days !== undefined && days < least) throw invalidArgument(message, 'Days', String(days));
}

function checkMidnight(date: Date | undefined): void {
	if (date === undefined || date.getTime() % dayMs === 0) return;
	throw invalidArgument("'Date' must be at midnight GMT", 'Date', date.toISOString());
}
