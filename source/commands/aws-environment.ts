import {connect, type ConnectOptions, type Patience} from '../aws/connect.js';
import {endpointOf} from '../aws/endpoints.js';
import type {Connection} from '../aws/ports.js';
import {type ConfigLocation, configLocation, profilesOf, readSharedConfig} from '../aws/shared-config.js';
import {defaultChain} from '../domain/answers.js';
import type {Profile} from '../domain/profile.js';
import type {Environment} from '../engine/environment.js';
import {systemClock} from './system-clock.js';

const chainLimitMs = 2000;

export type AwsEnvironmentOptions = {
	readonly environment: NodeJS.ProcessEnv;
	/** `--endpoint-url`. */
	readonly endpointUrl?: string;
	/** Where the shared files are; the usual places by default. */
	readonly location?: ConfigLocation;
	/** Whether the SDK's default chain is offered where it gives credentials. */
	readonly offersDefaultChain: boolean;
	/** How calls wait; the SDK's own way by default. */
	readonly patience?: Patience;
};

/** AWS, or whatever endpoint stands in for it: profiles of the shared files, and connections made of them. */
export async function openAwsEnvironment(options: AwsEnvironmentOptions): Promise<Omit<Environment, 'kind'>> {
	const {environment, endpointUrl, offersDefaultChain, patience} = options;
	const location = options.location ?? configLocation(environment);
	const config = await readSharedConfig(location);
	const connectOptions: ConnectOptions = {config, environment, endpointUrl, patience};
	const connections = new Map<string, Connection>();
	const activeProfile = environment.AWS_PROFILE ?? 'default';

	async function connection(profile: string): Promise<Connection> {
		const present = connections.get(profile);
		if (present) return present;
		const made = connect(profile, connectOptions);
		connections.set(profile, made);
		return made;
	}

	return {
		endpointUrl: endpointOf('s3', activeProfile, config, environment, endpointUrl) ?? null,
		async profiles() {
			const found = profilesOf(config, environment.AWS_PROFILE);
			const chain = offersDefaultChain ? await chainProfile(async () => connection(defaultChain)) : undefined;
			return chain ? [...found, chain] : found;
		},
		connect: connection,
		async close() {
			connections.clear();
		},
	};
}

/** The profiles that can be told at once, without asking anybody: for what is preselected on the first screen. */
export async function findProfiles(environment: NodeJS.ProcessEnv): Promise<readonly Profile[]> {
	const found = profilesOf(await readSharedConfig(configLocation(environment)), environment.AWS_PROFILE);
	const hasKeys = Boolean(environment.AWS_ACCESS_KEY_ID && environment.AWS_SECRET_ACCESS_KEY);
	return hasKeys ? [...found, {name: defaultChain, kind: 'default chain'}] : found;
}

/** The default chain as a profile, where it gives credentials within two seconds: some of its sources are asked over the network. */
async function chainProfile(connection: () => Promise<Connection>): Promise<Profile | undefined> {
	const limit = new AbortController();
	try {
		const {homeRegion, identity} = await connection();
		const accountId = identity.knownAccountId();
		const isOver = systemClock
			.wait(chainLimitMs, limit.signal)
			.then(() => Promise.reject(new Error('too slow')));
		isOver.catch(() => undefined);
		return {
			name: defaultChain,
			kind: 'default chain',
			region: homeRegion,
			accountId: await Promise.race([accountId, isOver]),
		};
	} catch {
		return undefined;
	} finally {
		limit.abort();
	}
}
