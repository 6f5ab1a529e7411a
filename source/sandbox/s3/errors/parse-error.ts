import {type ServiceError} from '../../wire/service-error.js';
import {MalformedBodyError, NotIntegerError} from '../../wire/rest-codec.js';
import {invalidArgument, s3Error} from './errors.js';

/** What S3 answers to a request that cannot be read (words of the integers: third-party, as clients recorded them of AWS). */
export function parseError(error: unknown, operationName: string): ServiceError {
	if (error instanceof MalformedBodyError) {
		return s3Error(/^Put(?:Bucket|Object)Acl$/.test(operationName) ? 'MalformedACLError' : 'MalformedXML');
	}
	if (!(error instanceof NotIntegerError)) return s3Error('InvalidArgument');
	return invalidArgument(wordsOf(error), error.parameter, error.value);
}

function wordsOf({parameter, value}: NotIntegerError): string {
	if (parameter === 'partNumber') return 'Part number must be an integer between 1 and 10000, inclusive';
	if (!/^-\d{1,10}$/.test(value)) return `Provided ${parameter} not an integer or within integer range`;
	const name = parameter === 'max-keys' ? 'maxKeys' : parameter;
	return `Argument ${name} must be an integer between 0 and 2147483647`;
}
