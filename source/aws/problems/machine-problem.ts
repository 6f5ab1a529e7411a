import {type AwsErrorResponse, fixable, type Problem} from '../../domain/problem.js';
import {masked} from '../../domain/text/masked.js';
import {type Caller, cliOption} from './caller.js';
import {sandboxStep} from '../../domain/answers/command-line.js';
import type {SdkError} from '../responses/sdk-error.js';

/** OpenSSL's reasons to refuse a certificate, as node names them. Source: Node.js, "TLS: X509 certificate error codes". */
const certificate =
	/^(?:DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|CERT_\w+|CRL_\w+|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH|ERR_TLS_CERT_\w+|ERROR_IN_CERT_\w+|PATH_LENGTH_EXCEEDED)$/;
const unreadable = new Set([
	'ENOENT',
	'EACCES',
	'EPERM',
	'EISDIR',
	'ENOTDIR',
	'ELOOP',
	'EMFILE',
	'ENAMETOOLONG',
]);
const clientErrors = new Set([
	'TypeError',
	'RangeError',
	'SyntaxError',
	'URIError',
	'ReferenceError',
	'EvalError',
]);

/**
 * What is wrong on this machine, before AWS was asked anything or could answer; nothing where it is not that. None of these passes
 * by itself: each names what to look at.
 */
export function machineProblem(error: SdkError, answer: AwsErrorResponse, call: Caller): Problem | undefined {
	if (answer.httpStatus !== undefined) return undefined;
	const {code, message} = answer;
	const told = message.startsWith(`${code}: `) ? message : `${code}: ${message || 'no more is said'}`;
	if (certificate.test(code)) return certificateProblem(told, code, call);
	if (unreadable.has(code)) return fileProblem(error, told, call);
	if (
		/^Command failed|credential_process returned|^The process returned|did not return Version/i.test(message)
	)
		return processProblem(message, call);
	if (!clientErrors.has(String(error.name))) return undefined;
	return fixable(
		'client-error',
		`Cannot call AWS with profile ${call.profile}: its settings fail`,
		`The AWS client stopped on this machine, before anything was sent. ${error.name}: ${message}`,
		[
			`Check ${call.placeOf?.() ?? `what the shared config and credentials files say of ${call.profile}`}.`,
			`See whether the AWS CLI takes it: ${whoAmI(call)}`,
			'If it does, please report this with the lines above.',
		],
	);
}

function certificateProblem(told: string, code: string, call: Caller): Problem {
	const where = call.endpointUrl ?? 'AWS';
	const dated: Record<string, string> = {
		CERT_HAS_EXPIRED: `Ask who runs ${where} for a new certificate, and check this machine's clock.`,
		CERT_NOT_YET_VALID: `Check this machine's clock, then the certificate of ${where}.`,
		ERR_TLS_CERT_ALTNAME_INVALID: `Use the name that the certificate of ${where} is for.`,
	};
	return fixable('certificate', `Cannot trust the certificate of ${where}`, told, [
		dated[code] ??
			'Name the PEM file of the authority that signed it (a company proxy): AWS_CA_BUNDLE=FILE, or ca_bundle = FILE in the profile.',
		'NODE_EXTRA_CA_CERTS=FILE adds an authority to those that Node.js trusts; it works for this program, too.',
		call.caBundle === undefined
			? 'No CA bundle is set now.'
			: `Check that ${call.caBundle} holds the authority: nothing else is trusted while it is set.`,
	]);
}

/** A file that something names: the profile, or a sign-in that left none. */
function fileProblem({path, syscall = 'open'}: SdkError, told: string, call: Caller): Problem {
	const {profile} = call;
	const named = path === undefined ? undefined : call.namedFile?.(path);
	const steps =
		named === undefined
			? [
					`Check ${call.placeOf?.() ?? `the profile ${profile}`} for the file.`,
					`Run the same with the AWS CLI: ${whoAmI(call)}`,
				]
			: [`Correct ${named}, or make the file.`, `Then check it: ${whoAmI(call)}`];
	return fixable(
		'profile-file',
		`Cannot use profile ${profile}: a file is unreadable`,
		path === undefined || told.includes(path) ? told : `${told} (${syscall} ${path})`,
		[...steps, sandboxStep],
	);
}

function processProblem(message: string, call: Caller): Problem {
	const {profile} = call;
	const [first = '', ...more] = message.split('\n');
	const ended = /^Command failed: (.*)$/.exec(first)?.[1];
	const words = masked((ended === undefined ? message : more.join(' ')).trim());
	const told = ended === undefined ? '' : ` ${ended[0]?.toUpperCase()}${ended.slice(1)}.`;
	const place = call.placeOf?.('credential_process') ?? 'its setting';
	// Source: POSIX, "Shell Command Language", exit status of commands: not found, and not executable.
	const isNotRun = /exit code 12[67]$/.test(ended ?? '');
	return fixable(
		'credential-process-failed',
		`Cannot use profile ${profile}: its credential_process fails`,
		`It is named by ${call.placeOf?.('credential_process') ?? `the profile ${profile}`}.${told}${words === '' ? ' It says nothing more.' : ` It says: ${words}`}`,
		[
			...(isNotRun
				? [`Write the whole path of the program in ${place}; one with spaces in quotation marks.`]
				: []),
			`Run it as the AWS CLI does: aws configure export-credentials${cliOption(call)}`,
			'Sign in where it gets its credentials from.',
			'Choose another profile.',
		],
	);
}

function whoAmI(call: Caller): string {
	return `aws sts get-caller-identity${cliOption(call)}`;
}
