import {type WireRequest} from '../../http/wire-request.js';
import {s3Error} from '../errors/errors.js';

export type Location = {
	readonly bucket: string | undefined;
	readonly key: string | undefined;
	/** The bucket stands in the host name, as in `bucket.localhost`. */
	readonly isVirtualHosted: boolean;
};

/** Takes a request, gives which bucket and key it is about (S3 User Guide, VirtualHosting). */
export function locate({rawPath, headers}: WireRequest): Location {
	const hostName = (headers['host'] ?? '').replace(/:\d+$/, '').toLowerCase();
	const path = decodePath(rawPath);
	if (hostName.endsWith('.localhost')) {
		const key = path.slice(1);
		return {
			bucket: hostName.slice(0, -'.localhost'.length),
			key: key === '' ? undefined : key,
			isVirtualHosted: true,
		};
	}
	const slash = path.indexOf('/', 1);
	const bucket = slash === -1 ? path.slice(1) : path.slice(1, slash);
	const key = slash === -1 ? '' : path.slice(slash + 1);
	return {
		bucket: bucket === '' ? undefined : bucket,
		key: key === '' ? undefined : key,
		isVirtualHosted: false,
	};
}

function decodePath(rawPath: string): string {
	try {
		return decodeURIComponent(rawPath);
	} catch {
		throw s3Error('InvalidURI', {fields: {URI: rawPath}});
	}
}

/** An upload by a form of a web page, which brings its policy and signature in the body (S3 API reference, RESTObjectPOST). */
export function isFormUpload({method, headers}: WireRequest): boolean {
	return (
		method === 'POST' && headers['content-type']?.toLowerCase().startsWith('multipart/form-data') === true
	);
}
