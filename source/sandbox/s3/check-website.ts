import {type WebsiteConfiguration} from '@aws-sdk/client-s3';
import {invalidArgument, s3Error} from './errors.js';

/** Throws what S3 answers to a website that it does not take. Words: third-party (LocalStack, which follows recordings). */
export function checkWebsite(configuration: WebsiteConfiguration): void {
	const {RedirectAllRequestsTo, IndexDocument, ErrorDocument, RoutingRules} = configuration;
	if (RedirectAllRequestsTo !== undefined) {
		if ((IndexDocument ?? ErrorDocument ?? RoutingRules) === undefined) return;
		throw invalidArgument(
			'RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.',
			'RedirectAllRequestsTo',
			'not null',
		);
	}
	if (IndexDocument === undefined) {
		throw invalidArgument(
			'A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty',
			'IndexDocument',
			'null',
		);
	}
	const {Suffix = ''} = IndexDocument;
	if (Suffix === '' || Suffix.includes('/')) {
		throw invalidArgument('The IndexDocument Suffix is not well formed', 'IndexDocument', Suffix);
	}
	if (ErrorDocument?.Key === '' || RoutingRules?.length === 0) throw s3Error('MalformedXML');
}
