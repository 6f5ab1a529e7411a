import {runAgain} from '../../domain/text/run-again.js';
import {fixable, type Problem} from '../../domain/problem.js';
import {cutText} from '../responses/cut-text.js';
import {ProxyFailure} from '../responses/proxy-failure.js';
import {UnexpectedAnswer} from '../responses/unexpected-answer.js';
import type {SdkError} from '../responses/sdk-error.js';

/** What Node calls an answer that is no HTTP, or no TLS. Source: Node.js documentation, "Errors"; llhttp's error names. */
const noProtocol = /^(HPE_|EPROTO$|ERR_SSL_|ERR_HTTP_|ERR_STREAM_)/;

/**
 * What is wrong with an answer that is none of the API's, or nothing where the error says something else.
 * The SDK's deserializers throw errors of any kind with the answer on it; what the service itself says has a `$fault`.
 */
export function faultOf(error: SdkError): string | undefined {
	if (error instanceof UnexpectedAnswer) return error.message;
	// What a proxy answered is none of the endpoint's.
	if (error instanceof ProxyFailure) return undefined;
	const message = cutText(
		(error.message ?? '').replace(/\s+Deserialization error: to see the raw.*$/s, ''),
		300,
	);
	if (typeof error.code === 'string' && noProtocol.test(error.code))
		return `What came is no HTTP answer (${error.code}: ${message}).`;
	if (error.$response !== undefined && error.$fault === undefined)
		return `The answer cannot be read (${message}).`;
	return undefined;
}

/** The problem of an answer that is none of the API's: it names the call and the endpoint. */
export function unexpectedAnswerProblem(
	fault: string,
	{operation, target, endpointUrl}: {operation: string; target?: string; endpointUrl?: string},
): Problem {
	return fixable(
		'unexpected-answer',
		`Cannot understand the answer to ${operation}`,
		`${operation}${target === undefined ? '' : ` on ${target}`} was sent to ${endpointUrl ?? 'AWS'}. ${fault}`,
		endpointUrl === undefined
			? [
					'Check that nothing answers in place of AWS: a proxy, or a network that asks to sign in first.',
					runAgain('Then run this again'),
				]
			: [
					`Check that ${endpointUrl} serves S3, IAM and STS, and is no website or proxy.`,
					'For a sandbox, start: s3-replicate sandbox',
					runAgain('Then run this again'),
				],
	);
}
