export type SandboxProfile = {readonly name: string; readonly accountId: string; readonly region: string};

export type AccessKey = {readonly accessKeyId: string; readonly secretAccessKey: string};

/** The profiles of a sandbox, an account each. */
export function profilesIn(home: {
	readonly source: string;
	readonly destination: string;
}): readonly SandboxProfile[] {
	return [
		{name: 'source', accountId: '111122223333', region: home.source},
		{name: 'destination', accountId: '444455556666', region: home.destination},
	];
}

/**
 * The config file's text: with `endpoint_url`, so that other clients need the two files and nothing else, and with the
 * version of signatures, because `presign` of the AWS CLI before version 2 signs with version 2 otherwise (AWS CLI
 * Command Reference, topic s3-config).
 */
export function configText(profiles: readonly SandboxProfile[], endpointUrl: string): string {
	return profiles
		.map(({name, accountId, region}) =>
			[
				`[profile ${name}]`,
				`region = ${region}`,
				`aws_account_id = ${accountId}`,
				`endpoint_url = ${endpointUrl}`,
				's3 =',
				'  signature_version = s3v4',
				'',
			].join('\n'),
		)
		.join('\n');
}

export function credentialsText(keys: readonly (readonly [profileName: string, key: AccessKey])[]): string {
	return keys
		.map(([name, {accessKeyId, secretAccessKey}]) =>
			[
				`[${name}]`,
				`aws_access_key_id = ${accessKeyId}`,
				`aws_secret_access_key = ${secretAccessKey}`,
				'',
			].join('\n'),
		)
		.join('\n');
}
