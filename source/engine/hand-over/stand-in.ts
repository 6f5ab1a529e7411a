import type {Connection} from '../../aws/ports.js';
import {isKeyArn} from '../../domain/answers/key-name.js';
import {accountOfArn} from '../../domain/arn.js';
import {othersProfile} from '../../domain/answers/others-profile.js';
import type {OthersEnd} from '../../domain/hand-over/others-end.js';
import {fixable, ProblemError} from '../../domain/problem.js';
import {trustPolicy} from '../../domain/role/trust-policy.js';
import type {PolicyDocument} from '../../policy/document.js';

const emptyPolicy: PolicyDocument = {Version: '2012-10-17', Statement: []};

/**
 * Stands in for the connection of an account whose credentials nobody here has. It answers with what is known of the account's end, and for
 * the rest with nothing: a plan made with it has all that the other side must do. Whatever else is asked is refused, as AWS would refuse
 * it. Only where its bucket is is asked of AWS, through the own connection.
 */
export function standInFor(accountId: string, through: Connection, known: OthersEnd): Connection {
	const profile = othersProfile(accountId);
	const {partition, region, roleArn, rules, isLocked = false} = known;
	const refused = async (): Promise<never> => {
		throw new ProblemError(
			fixable(
				'no-credentials-of-account',
				`Cannot ask account ${accountId}: no profile of it`,
				'It is somebody else’s: what it needs is handed over in a file.',
				['Have its owner run: s3-replicate diagnose --receipt FILE'],
			),
			{operation: 'any', code: 'AccessDenied', message: '', httpStatus: 403},
		);
	};

	const {homeRegion, endpointUrl, endpoints} = through;
	return {
		profile,
		homeRegion: region ?? homeRegion,
		...(endpointUrl === undefined ? {} : {endpointUrl}),
		endpoints,
		settingRemarks: [],
		signInAdvice: {profile, step: 'Ask the owner of the account'},
		renewCredentials: () => undefined,
		tellingRetries: through.tellingRetries,
		identity: {
			knownAccountId: async () => accountId,
			getCaller: async () => ({accountId, partition, arn: `arn:${partition}:iam::${accountId}:root`}),
			getSession: async () => ({isTemporary: false}),
			// It is this machine's, whoever is asked.
			clockAheadMs: () => through.identity.clockAheadMs(),
		},
		buckets: refusing<Connection['buckets']>(refused, {
			list: async () => [],
			async head(reference, signal) {
				// What S3 says of another's bucket is where it is, and no more.
				const found = await through.buckets.head(reference, signal);
				return found.state === 'forbidden' ? {state: 'existing'} : found;
			},
			getVersioning: async () => (rules ? 'Enabled' : 'Unversioned'),
			getPolicy: async () => undefined,
			getReplication: async () =>
				rules && roleArn !== undefined ? {Role: roleArn, Rules: rules} : undefined,
		}),
		settings: refusing<Connection['settings']>(refused, {
			getObjectLock: async () => ({isEnabled: isLocked}),
		}),
		accounts: refusing(refused),
		objects: refusing(refused),
		roles: refusing<Connection['roles']>(refused, {
			get: async () =>
				roleArn === undefined ? undefined : {arn: roleArn, roleId: '', description: '', trust: trustPolicy},
			getPolicy: async () => undefined,
			listPolicies: async () => [],
			listAttachedPolicies: async () => [],
		}),
		permissions: refusing(refused),
		keys: refusing<Connection['keys']>(refused, {
			async describe({key}) {
				if (!isKeyArn(key) || accountOfArn(key) !== accountId) return refused();
				const spec = 'SYMMETRIC_DEFAULT';
				return {arn: key, accountId, state: 'Enabled', manager: 'CUSTOMER', spec};
			},
			getPolicy: async () => emptyPolicy,
			listAliases: async () => [],
		}),
		queues: refusing(refused),
		metrics: refusing(refused),
		jobs: refusing(refused),
	};
}

/** A port of which every call is refused that is not among those that are known. */
function refusing<Port extends object>(refused: () => Promise<never>, known: Partial<Port> = {}): Port {
	return new Proxy(known as Port, {
		get: (port, name) => (Object.hasOwn(port, name) ? Reflect.get(port, name) : refused) as unknown,
	});
}
