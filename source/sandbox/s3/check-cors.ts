import {type CORSRule} from '@aws-sdk/client-s3';
import {s3Error} from './errors.js';

const methods = new Set(['GET', 'PUT', 'POST', 'DELETE', 'HEAD']);
const maxRules = 100;

/** Throws what S3 answers to CORS rules that it does not take (S3 API reference, PutBucketCors; words: third-party, moto). */
export function checkCors(rules: readonly CORSRule[]): void {
	if (rules.length === 0 || rules.length > maxRules) throw s3Error('MalformedXML');
	for (const {AllowedMethods = [], AllowedOrigins = []} of rules) {
		if (AllowedMethods.length === 0 || AllowedOrigins.length === 0) throw s3Error('MalformedXML');
		const unknown = AllowedMethods.find((method) => !methods.has(method));
		if (unknown !== undefined) {
			throw s3Error('InvalidRequest', {
				message: `Found unsupported HTTP method in CORS config. Unsupported method is ${unknown}`,
			});
		}
	}
}
