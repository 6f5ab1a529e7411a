import {quoted} from '../../domain/text/shell-word.js';
import {fixable, type Problem} from '../../domain/problem.js';
import {adviceStep, type Caller} from './caller.js';

/** How the caller of a refused key is known: only what another service said of the same credentials. */
type CredentialsKind = 'unknown' | 'user session' | 'federated session' | 'other session' | 'keys';

type Row = {
	readonly service: 'iam' | 'sts' | 'any';
	readonly kind: CredentialsKind;
	readonly problem: (call: Caller, evidence: string, arn: string) => Problem;
};

/**
 * What "the key is unknown" means, by who says it and of which credentials; the first row that fits. IAM takes no session of
 * GetSessionToken without MFA, and none of GetFederationToken, and says so with InvalidClientTokenId.
 * Source: STS API Reference, GetSessionToken and GetFederationToken, "Permissions".
 */
const rows: readonly Row[] = [
	{
		service: 'iam',
		kind: 'user session',
		problem: (call, evidence, arn) =>
			fixable(
				'session-without-mfa',
				`Profile ${call.profile}: IAM takes its session only with MFA`,
				`${evidence} STS took the same key as ${arn}. A session of GetSessionToken may call IAM only if an MFA code opened it.`,
				[
					`Open the session with a code, from the user's own keys: aws sts get-session-token --serial-number DEVICE_ARN --token-code CODE${sourceOption(call)}`,
					'Or choose a profile with a role or with the user’s own access keys.',
					'Or leave IAM out: --role-arn names a role that exists.',
				],
			),
	},
	{
		service: 'iam',
		kind: 'federated session',
		problem: (call, evidence, arn) =>
			fixable(
				'session-without-iam',
				`Profile ${call.profile}: IAM takes no session of GetFederationToken`,
				`${evidence} STS took the same key as ${arn}. Such a session never calls IAM.`,
				[
					'Choose a profile with a role or with access keys.',
					'Or leave IAM out: --role-arn names a role that exists.',
				],
			),
	},
	...(['other session', 'keys'] as const).map((kind): Row => ({
		service: 'any',
		kind,
		problem: (call, evidence, arn) =>
			fixable(
				'unknown-access-key',
				`Profile ${call.profile}: its access key is no longer known`,
				`${evidence} STS took the same key as ${arn} a moment ago.`,
				[
					kind === 'keys'
						? 'Check that the key has not just been deleted or made inactive.'
						: `The session may have been revoked. ${adviceStep(call)}`,
					'Choose another profile.',
				],
			),
	})),
];

/** The problem of an access key that a service does not know. */
export function unknownKeyProblem(call: Caller, evidence: string): Problem {
	const {profile, service} = call;
	const arn = call.knownArn?.();
	const kind = kindOf(arn, call.isSession?.() ?? false);
	const row = rows.find((one) => one.kind === kind && (one.service === 'any' || one.service === service));
	return (
		row?.problem(call, evidence, arn ?? '') ??
		fixable('unknown-access-key', `Cannot use profile ${profile}: its access key is unknown`, evidence, [
			...(call.oddKeys?.() ?? []),
			'Check that the key has not been deleted or made inactive.',
			adviceStep(call),
			'Choose another profile.',
		])
	);
}

function kindOf(arn: string | undefined, isSession: boolean): CredentialsKind {
	if (arn === undefined) return 'unknown';
	if (arn.includes(':federated-user/')) return 'federated session';
	if (arn.includes(':assumed-role/')) return 'other session';
	return isSession ? 'user session' : 'keys';
}

/** The profile of the user whose keys open the session: the AWS CLI has no other way to know it. */
function sourceOption({sourceProfile}: Caller): string {
	return ` --profile ${sourceProfile === undefined ? 'PROFILE_OF_THE_USER' : quoted(sourceProfile)}`;
}
