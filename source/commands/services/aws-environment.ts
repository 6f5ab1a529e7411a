import {
	connect,
	type ConnectOptions,
	endpointsOf,
	homeRegionOf,
	type TransportOptions,
} from '../../aws/connect.js';
import {needsEnvironmentKeys} from '../../aws/transport/environment-keys.js';
import type {NoteRequest} from '../../aws/transport/note-requests.js';
import {endpointOf} from '../../aws/transport/endpoints.js';
import type {Connection} from '../../aws/ports.js';
import {
	type ConfigLocation,
	configLocation,
	profilesOf,
	readSharedConfig,
} from '../../aws/transport/shared-config.js';
import {defaultChain} from '../../domain/answers/answers.js';
import type {AskPerson} from '../../domain/sign-in.js';
import type {Profile} from '../../domain/profile.js';
import {endpointsByProfile, type ServiceEndpoints} from '../../domain/endpoint/service-endpoints.js';
import type {Environment} from '../../engine/run/environment.js';
import {systemClock} from '../host/system-clock.js';

const chainLimitMs = 2000;

type AwsEnvironmentOptions = {
	readonly environment: NodeJS.ProcessEnv;
	/** `--endpoint-url`. */
	readonly endpointUrl?: string;
	/** Where the shared files are; the usual places by default. */
	readonly location?: ConfigLocation;
	/** Whether the SDK's default chain is offered where it gives credentials. */
	readonly offersDefaultChain: boolean;
	/** How calls wait; the SDK's own way by default. */
	readonly transportOptions?: TransportOptions;
	/** Asks for the code that a profile's role takes; by default nobody can be asked. */
	readonly askPerson?: AskPerson;
	/** Is told of each request. */
	readonly noteRequest?: NoteRequest;
};

/** AWS, or whatever endpoint stands in for it: profiles of the shared files, and connections made of them. */
export async function openAwsEnvironment(options: AwsEnvironmentOptions): Promise<Omit<Environment, 'kind'>> {
	const {environment, endpointUrl, offersDefaultChain, transportOptions, askPerson, noteRequest} = options;
	const location = options.location ?? configLocation(environment);
	const config = await readSharedConfig(location);
	const connectOptions: ConnectOptions = {
		...{config, environment, endpointUrl, transportOptions, askPerson},
		noteRequest,
	};
	const connections = new Map<string, Connection>();
	const activeProfile = environment.AWS_PROFILE ?? 'default';

	async function connection(profile: string): Promise<Connection> {
		const existing = connections.get(profile);
		if (existing) return existing;
		const made = connect(profile, connectOptions);
		connections.set(profile, made);
		return made;
	}

	/** The default chain, where it gives credentials. Where it comes to a role that takes a code it is not tried: somebody would be asked. */
	async function chain(found: readonly Profile[]): Promise<Profile | undefined> {
		const active = found.find(({name}) => name === activeProfile);
		const comesToActive = Boolean(environment.AWS_PROFILE) || !hasKeys(environment);
		const isAsking = active?.signIn !== undefined || active?.runsProcess === true;
		// Nobody is asked to sign in for what is only offered.
		const quiet = async () => connect(defaultChain, {...connectOptions, askPerson: undefined});
		if (!isAsking || !comesToActive) return chainProfile(quiet);
		const region = homeRegionOf(defaultChain, connectOptions);
		return {...active, name: defaultChain, kind: 'default chain', region};
	}

	return {
		endpointsOf: (profile) => knownEndpoints(profile, connectOptions),
		endpoints: endpointsByProfile(
			withEndpoints(atOnce(connectOptions), connectOptions).flatMap(({name, endpoints}) =>
				endpoints ? [{profile: name, endpoints}] : [],
			),
		),
		endpointUrl: endpointOf('s3', {profile: activeProfile, config, environment}, endpointUrl) ?? null,
		async profiles() {
			const found = ofFiles(connectOptions);
			const offered = offersDefaultChain ? await chain(found) : undefined;
			return withEndpoints(offered ? [...found, offered] : found, connectOptions);
		},
		connect: connection,
		async close() {
			connections.clear();
		},
	};
}

/** The profiles that can be told at once, without asking anybody: for what is preselected on the first screen. */
export async function findProfiles(
	environment: NodeJS.ProcessEnv,
	endpointUrl: string | undefined,
): Promise<readonly Profile[]> {
	const config = await readSharedConfig(configLocation(environment));
	const options = {config, environment, endpointUrl};
	return withEndpoints(atOnce(options), options);
}

/** A profile without credentials of its own that is handed those of the environment has keys. */
function ofFiles({config, environment}: ConnectOptions): readonly Profile[] {
	const isHanded = ({name}: Profile) =>
		hasKeys(environment) && needsEnvironmentKeys({profile: name, config, environment});
	return profilesOf(config, environment.AWS_PROFILE).map((profile) =>
		isHanded(profile) ? {...profile, kind: 'keys'} : profile,
	);
}

function atOnce({config, environment}: ConnectOptions): readonly Profile[] {
	const found = ofFiles({config, environment});
	return hasKeys(environment) ? [...found, {name: defaultChain, kind: 'default chain'}] : found;
}

function withEndpoints(profiles: readonly Profile[], options: ConnectOptions): readonly Profile[] {
	return profiles.map((profile) => ({...profile, endpoints: knownEndpoints(profile.name, options)}));
}

/** A profile that does not exist or whose endpoint is no URL is a problem of who uses it. */
function knownEndpoints(profile: string, options: ConnectOptions): ServiceEndpoints | undefined {
	if (profile !== defaultChain && !Object.hasOwn(options.config.profiles, profile)) return undefined;
	try {
		return endpointsOf(profile, options);
	} catch {
		return undefined;
	}
}

function hasKeys({AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY}: NodeJS.ProcessEnv): boolean {
	return Boolean(AWS_ACCESS_KEY_ID && AWS_SECRET_ACCESS_KEY);
}

/** The default chain as a profile, where it gives credentials within `chainLimitMs`: some of its sources are asked over the network. */
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
