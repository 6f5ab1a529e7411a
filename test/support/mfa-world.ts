import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {AttachRolePolicyCommand, CreateRoleCommand} from '@aws-sdk/client-iam';
import {type OpenSandbox, openSandbox} from '../sandbox/support/open-sandbox.js';
import {type Authenticator, createMovedClock, enabledDevice, type MovedClock} from './authenticator.js';

const source = '111122223333';
const destination = '444455556666';

/** A sandbox where roles of both accounts take a code of ana's device; shared files with her profiles. */
export type MfaWorld = OpenSandbox & {
	readonly clock: MovedClock;
	readonly device: Authenticator;
	/**
	 * The sandbox’s own profiles; `ana`, who has keys; `prod` and `partner`, roles of the source and the
	 * destination account; `other`, as prod, with a device that is not hers.
	 */
	readonly configFile: string;
	readonly credentialsFile: string;
};

type MfaWorldOptions = {
	/** How far the sandbox's clock is behind at first: sessions of 15 minutes are over sooner then. */
	readonly behindMs?: number;
	/** How long the roles' sessions last. */
	readonly durationSeconds?: number;
};

export async function openMfaWorld({
	behindMs = 14 * 60_000,
	durationSeconds = 3600,
}: MfaWorldOptions = {}): Promise<MfaWorld> {
	const clock = createMovedClock(behindMs);
	const open = await openSandbox({clock});
	const keys = open.sandbox.addUser({accountId: source, userName: 'ana'});
	const device = await enabledDevice(open.iam, 'ana', clock);
	await Promise.all([
		makeRole(open, 'source', {AWS: source}, {Bool: {'aws:MultiFactorAuthPresent': 'true'}}),
		makeRole(open, 'destination', {AWS: source}, {Bool: {'aws:MultiFactorAuthPresent': 'true'}}),
	]);
	const folder = await mkdtemp(path.join(tmpdir(), 's3-replicate-mfa-'));
	const {sandbox} = open;
	const profile = (name: string, settings: Readonly<Record<string, string | number>>): string =>
		[
			`[profile ${name}]`,
			`endpoint_url = ${sandbox.endpointUrl}`,
			...Object.entries(settings).map(([key, value]) => `${key} = ${value}`),
			'',
		].join('\n');
	const role = (accountId: string) => ({
		role_arn: `arn:aws:iam::${accountId}:role/deploy`,
		role_session_name: 'ana',
		source_profile: 'ana',
		mfa_serial: device.serial,
		duration_seconds: durationSeconds,
	});
	const configFile = path.join(folder, 'config');
	const credentialsFile = path.join(folder, 'credentials');
	await writeFile(
		configFile,
		[
			await readFile(sandbox.configFile, 'utf8'),
			profile('prod', {...role(source), region: 'us-east-1'}),
			profile('other', {...role(source), mfa_serial: `arn:aws:iam::${source}:mfa/somebody`}),
			profile('partner', {...role(destination), region: 'us-west-2'}),
		].join('\n'),
	);
	await writeFile(
		credentialsFile,
		`${await readFile(sandbox.credentialsFile, 'utf8')}\n[ana]\naws_access_key_id = ${keys.accessKeyId}\naws_secret_access_key = ${keys.secretAccessKey}\n`,
	);
	return {
		...open,
		clock,
		device,
		configFile,
		credentialsFile,
		async close() {
			await open.close();
			await rm(folder, {recursive: true});
		},
	};
}

async function makeRole(
	open: OpenSandbox,
	who: 'source' | 'destination',
	Principal: object,
	Condition: object,
): Promise<void> {
	const iam = open.iamOf(who);
	const trust = {
		Version: '2012-10-17',
		Statement: [{Effect: 'Allow', Principal, Action: 'sts:AssumeRole', Condition}],
	};
	await iam.send(
		new CreateRoleCommand({RoleName: 'deploy', AssumeRolePolicyDocument: JSON.stringify(trust)}),
	);
	await iam.send(
		new AttachRolePolicyCommand({
			RoleName: 'deploy',
			PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
		}),
	);
}
