import type {ProfileKind} from '../../domain/profile.js';

/** How a profile comes to its credentials, in the order in which the SDK tries them. */
export function kindOf(keys: Readonly<Record<string, string | undefined>>): ProfileKind {
	if (keys.role_arn && (keys.source_profile || keys.credential_source)) return 'role';
	if (keys.aws_access_key_id && keys.aws_secret_access_key) return 'keys';
	if (keys.web_identity_token_file) return 'web identity';
	if (keys.credential_process) return 'process';
	if (keys.sso_session || keys.sso_start_url) return 'sso';
	if (keys.login_session) return 'login';
	return 'incomplete';
}
