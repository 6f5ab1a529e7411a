import {runAgain} from '../../domain/text/run-again.js';
import {limits} from '../../domain/limits.js';
import {spanText} from '../../domain/text/duration-text.js';
import {quoted} from '../../domain/text/shell-word.js';
import {defaultChain} from '../../domain/answers/answers.js';
import {type AwsErrorResponse, fixable, isRefusal, type Problem, ProblemError} from '../../domain/problem.js';
import {cutText} from '../responses/cut-text.js';
import {machineProblem} from './machine-problem.js';
import {unknownKeyProblem} from './unknown-key-problem.js';
import {adviceStep, type Caller} from './caller.js';
import {neededPermissions, permissionText} from './permission-of.js';
import {ProxyFailure} from '../responses/proxy-failure.js';
import {proxyProblem} from './proxy-problem.js';
import {faultOf, unexpectedAnswerProblem} from './unexpected-answer-problem.js';
import {sandboxStep} from '../../domain/answers/command-line.js';
import type {SdkError} from '../responses/sdk-error.js';

/** What was asked, in words for a problem. */
type Call = Caller & {
	/** The API's operation, such as `PutBucketPolicy`. */
	readonly operation: string;
	/** The bucket, object or role. */
	readonly target?: string;
	/** What the other permissions that it takes are about, by their names. */
	readonly resources?: Readonly<Record<string, string>>;
	/** What else a person can do where it is refused. */
	readonly refusedSteps?: readonly string[];
};

/** The longest code and request id that are shown, in bytes. */
const shownNameBytes = 128;

const expired = new Set(['ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired', 'RequestExpired']);
const unknownKey = new Set(['InvalidAccessKeyId', 'InvalidClientTokenId', 'UnrecognizedClientException']);
const wrongSecret = new Set(['SignatureDoesNotMatch', 'IncompleteSignature']);
const noNetwork = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'ETIMEDOUT',
	'ECONNRESET',
	'ECONNABORTED',
	'EPIPE',
	'TimeoutError',
]);
const throttled = new Set([
	'SlowDown',
	'Throttling',
	'ThrottlingException',
	'TooManyRequestsException',
	'RequestLimitExceeded',
]);

/**
 * What an error of the SDK means to a person. The one place where the SDK's errors are read.
 * An abort passes through as it is.
 */
export function errorOf(thrown: unknown, asked: Call): Error {
	if (thrown instanceof ProblemError) return thrown;
	if (thrown instanceof Error && thrown.name === 'AbortError') return thrown;
	const error = thrown as SdkError;
	// A sign-in goes to AWS, whatever endpoint the call itself has.
	const call = error.signInHost === undefined ? asked : {...asked, endpointUrl: undefined};
	const fault = faultOf(error);
	if (fault !== undefined)
		return new ProblemError(unexpectedAnswerProblem(fault, call), noAnswer(error, fault, call.operation));
	const answer = answerOf(error, call.operation);
	return new ProblemError(problemOf(error, answer, call), answer);
}

/** An answer that is none of the API's decides nothing by its status; only trouble on the way there may pass. */
function noAnswer({$metadata: metadata}: SdkError, fault: string, operation: string): AwsErrorResponse {
	const status = metadata?.httpStatusCode ?? 0;
	return {
		operation,
		code: 'UnexpectedAnswer',
		message: cutText(fault),
		...(status >= 500 ? {httpStatus: status} : {}),
	};
}

function answerOf(error: SdkError, operation: string): AwsErrorResponse {
	const code = error.Code ?? networkCode(error) ?? error.name ?? 'Unknown';
	return {
		operation,
		// The one place where an endpoint's words come in: nothing behind it shows more of them.
		code: cutText(String(code), shownNameBytes),
		message: cutText(String(error.message ?? '')),
		httpStatus: error.$metadata?.httpStatusCode,
		attempts: error.$metadata?.attempts,
		bucketRegion: error.$response?.headers?.['x-amz-bucket-region'],
	};
}

/** Node's code of a connection that failed; one tried over several addresses has it on its parts. */
function networkCode(error: SdkError): string | undefined {
	if (typeof error.code === 'string') return error.code;
	return error.errors?.[0]?.code;
}

function problemOf(error: SdkError, answer: AwsErrorResponse, call: Call): Problem {
	const {profile} = call;
	const evidence = evidenceOf(error, answer);
	if (error instanceof ProxyFailure) return proxyProblem(error);
	const ofMachine = machineProblem(error, answer, call);
	if (ofMachine) return ofMachine;
	if (/ProviderError$/.test(String(error.name))) {
		const isChain = profile === defaultChain;
		const problem = fixable(
			'no-credentials',
			`Cannot use profile ${profile}: it gives no credentials`,
			call.absentProfile === undefined
				? answer.message
				: `${answer.message}. AWS_PROFILE names ${call.absentProfile}, which the shared config and credentials files do not have.`,
			[
				...(call.hints?.() ?? []),
				adviceStep(call),
				isChain
					? 'Or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.'
					: 'Choose another profile, or correct this one in the shared config and credentials files.',
				sandboxStep,
			],
		);
		return withSignIn(problem, call);
	}

	if (expired.has(answer.code)) {
		const problem = fixable(
			'expired-credentials',
			`Cannot go on with profile ${profile}: its session expired`,
			evidence,
			[adviceStep(call), runAgain('Then run this again')],
		);
		return withSignIn(problem, call);
	}

	if (unknownKey.has(answer.code)) return unknownKeyProblem(call, evidence);

	// STS calls a clock that is wrong a wrong signature. Source: IAM User Guide, "Troubleshoot Signature Version 4 signing issues".
	if (
		answer.code === 'RequestTimeTooSkewed' ||
		/^Signature (expired|not yet current)/i.test(answer.message)
	) {
		return fixable('clock-skew', "Cannot sign requests: this machine's clock is wrong", evidence, [
			`Set the clock: AWS accepts a difference of at most ${spanText(limits.clockSkewMs)}.`,
		]);
	}

	// A region that AWS does not know is called a wrong signature as well.
	if (wrongSecret.has(answer.code) && /scoped to a valid region/i.test(answer.message)) {
		return fixable('wrong-region', 'Cannot sign requests: their region is none of AWS', evidence, [
			call.region === undefined
				? `Check AWS_REGION and AWS_DEFAULT_REGION, and the region of the profile ${profile}.`
				: `Correct ${call.region()}.`,
		]);
	}

	if (wrongSecret.has(answer.code)) {
		return fixable('wrong-secret', `Cannot use profile ${profile}: its secret key is wrong`, evidence, [
			...(call.oddKeys?.() ?? []),
			'Check aws_secret_access_key of this profile: a character may be missing.',
			'Choose another profile.',
		]);
	}

	if (noNetwork.has(answer.code)) {
		const where = call.endpointUrl ?? 'AWS';
		return fixable(
			'endpoint-unreachable',
			`Cannot reach ${where}`,
			`${answer.code}: ${answer.message || 'no answer'}${error.signInHost === undefined ? '' : ` (asked ${error.signInHost} for credentials)`}`,
			[
				call.endpointUrl === undefined
					? 'Check the network connection and any proxy. Check that AWS_REGION or the profile names a region of AWS.'
					: `Check that something listens at ${call.endpointUrl}; for a sandbox, start: s3-replicate sandbox`,
				'Then run this again.',
			],
		);
	}

	if (throttled.has(answer.code)) {
		return fixable('throttled', `Cannot go on: AWS asks to slow down (${call.operation})`, evidence, [
			runAgain('Wait a minute and run this again'),
		]);
	}

	if (/^MultiFactorAuthentication failed/.test(answer.message)) return mfaProblem(call, answer, evidence);
	if (isRefusal(answer)) {
		const arn = call.knownArn?.();
		const needed = neededPermissions(answer.message, call);
		const permissions = needed.map(({permission}) => permission).join(' and ');
		return fixable(
			'not-allowed',
			`Cannot ${call.operation}${call.target === undefined ? '' : ` on ${call.target}`}: profile ${profile} is not allowed to`,
			`${evidence}${arn === undefined ? '' : ` It was called as ${arn}.`} The permission it needs is ${permissions}.`,
			[
				`Let ${arn ?? `the identity of profile ${profile}`} perform ${needed.map(permissionText).join(' and ')}.`,
				...(call.operation === 'AssumeRole' ? trustSteps(call) : (call.refusedSteps ?? [])),
				'Choose a profile that may.',
				'Look for an explicit Deny in bucket policies and organization policies.',
			],
		);
	}

	const ofRole = roleSteps(call, answer);
	if (ofRole.length > 0)
		return fixable(
			'role-not-assumed',
			`Cannot use profile ${profile}: STS refuses its role`,
			evidence,
			ofRole,
		);

	if (answer.code === 'BucketAlreadyExists') {
		return fixable('bucket-of-somebody-else', `Cannot create ${call.target}: the name is taken`, evidence, [
			'Choose another name: bucket names are shared by all accounts.',
		]);
	}

	return fixable(
		'aws-refused',
		`Cannot ${call.operation}${call.target === undefined ? '' : ` on ${call.target}`}`,
		evidence,
		[runAgain()],
	);
}

/** A problem that a command may end: who shows it may offer to run that. */
function withSignIn(problem: Problem, {advice}: Call): Problem {
	return advice?.command === undefined ? problem : {...problem, signIn: advice};
}

/** What STS says about a code and its device; words as users of AWS's clients report them (aws/aws-cli#2279 and #6325). */
function mfaProblem({profile, sourceProfile}: Call, {message}: AwsErrorResponse, evidence: string): Problem {
	if (/invalid MFA one time pass code/.test(message)) {
		return fixable('mfa-code-refused', `Cannot use profile ${profile}: AWS refused its MFA code`, evidence, [
			'Type the next code that the device shows: each is good once.',
			'Check the clock of the device.',
		]);
	}

	return fixable('mfa-device-refused', `Cannot use profile ${profile}: another user's MFA device`, evidence, [
		`Correct mfa_serial of this profile. Its source profile’s user has these devices: aws iam list-mfa-devices --profile ${sourceProfile === undefined ? 'SOURCE_PROFILE' : quoted(sourceProfile)}`,
		"Use that user's own access keys as the source profile: sessions have no MFA device.",
	]);
}

/** Which setting of a profile each of STS's parameters comes from. Source: STS API Reference, AssumeRole. */
const roleSettings = [
	['durationSeconds', 'duration_seconds'],
	['roleSessionName', 'role_session_name'],
	['externalId', 'external_id'],
	['serialNumber', 'mfa_serial'],
	['roleArn', 'role_arn'],
] as const;

/** What in a profile makes STS refuse a role, whoever asks; nothing where it is no such call, or may pass by itself. */
function roleSteps(call: Call, {message, httpStatus = 0}: AwsErrorResponse): readonly string[] {
	if (httpStatus < 400 || httpStatus >= 500 || !call.operation.startsWith('AssumeRole')) return [];
	if (/token|jwt|provider/i.test(message) && call.operation === 'AssumeRoleWithWebIdentity')
		return [adviceStep(call)];
	const said = roleSettings.filter(([name]) => message.toLowerCase().includes(name.toLowerCase()));
	const settings = (said.length > 0 ? said : [['', 'role_arn'] as const]).map(([, key]) => key);
	return [
		...settings.map((key) => `Correct ${key} (${call.placeOf?.(key) ?? `the profile ${call.profile}`}).`),
		...(settings.includes('duration_seconds')
			? ['It is a whole number from 900; a role behind another role lasts 3600 at most.']
			: []),
		'Choose another profile.',
	];
}

/** STS does not say which condition of a role's trust policy fails. Source: IAM User Guide, "How to use an external ID". */
function trustSteps({placeOf, target = 'the role'}: Call): readonly string[] {
	const place = placeOf === undefined ? '' : ` (${placeOf('role_arn')})`;
	return [
		`Check whom the trust policy of ${target} names.`,
		`Check whether it asks for external_id or mfa_serial${place}.`,
	];
}

/** AWS's own code, message and request id, in one sentence. */
function evidenceOf(error: SdkError, answer: AwsErrorResponse): string {
	const status = answer.httpStatus === undefined ? '' : ` (HTTP ${answer.httpStatus})`;
	const isEmpty = answer.message === '' || answer.message === 'UnknownError';
	const message = isEmpty ? '' : `: ${answer.message.replace(/\.?$/, '.')}`;
	const requestId = error.$metadata?.requestId;
	const code = isEmpty && /^(Unknown|\d+)$/.test(answer.code) ? 'No reason given' : answer.code;
	return `AWS says ${code}${status}${message || '.'}${requestId === undefined ? '' : ` Request id ${cutText(requestId, shownNameBytes)}.`}`;
}
