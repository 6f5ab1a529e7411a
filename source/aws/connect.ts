import type {RetryStrategyV2} from '@smithy/types';
import {defaultChain} from '../domain/answers/answers.js';
import {type AskPerson, signInTexts} from '../domain/sign-in.js';
import {fixable, ProblemError} from '../domain/problem.js';
import {globalRegionOf, homeRegionFault, hostNameFault, partitionOfRegion} from '../domain/region.js';
import type {Service, ServiceEndpoints} from '../domain/endpoint/service-endpoints.js';
import {roleAssumers} from './credentials/assume-role.js';
import type {RequestHandler} from './transport/bounded-handler.js';
import type {CheckedClient} from './responses/check-answer.js';
import {accountSettingsPort} from './calls/account-settings.js';
import {bucketSettingsPort} from './calls/bucket-settings.js';
import {bucketsPort} from './calls/buckets.js';
import {environmentKeys, needsEnvironmentKeys} from './transport/environment-keys.js';
import {credentialsOf} from './credentials/credentials-of.js';
import {
	callLoopbackAsItIs,
	endpointOf,
	refuseSpecialEndpoints,
	type RegionalService,
} from './transport/endpoints.js';
import {identityPort} from './calls/identity.js';
import {jobsPort} from './calls/jobs.js';
import {keysPort} from './calls/keys.js';
import {metricsPort} from './calls/metrics.js';
import {objectsPort} from './calls/objects.js';
import {permissionsPort} from './calls/permissions.js';
import type {Caller} from './problems/caller.js';
import {offerSignIn} from './credentials/offer-sign-in.js';
import {limitCredentials} from './credentials/limit-credentials.js';
import {clientSettingsOf} from './transport/client-settings.js';
import {chainTakesKeys, oddKeys} from './transport/odd-keys.js';
import {containerHints} from './transport/container-hints.js';
import {unusedSteps} from './transport/unused-variables.js';
import {unknownProfile} from './transport/unknown-profile.js';
import {namedFileOf, placeOfSetting} from './transport/setting-places.js';
import {authoritiesIn, caBundleOf} from './transport/ca-bundle.js';
import {refuseOddProxies} from './transport/proxies.js';
import {signInAdvice} from './transport/sign-in-advice.js';
import {settingRemarks} from './transport/setting-remarks.js';
import {leaveToCaller, once, tellingRetries} from './transport/told-retries.js';
import {makeTransport} from './transport/make-transport.js';
import {checkedClient} from './transport/checked-client.js';
import {type NoteRequest, notingHandler} from './transport/note-requests.js';
import type {Connection} from './ports.js';
import {queuesPort} from './calls/queues.js';
import {rolesPort} from './calls/roles.js';
import type {SharedConfig} from './transport/shared-config.js';
import {type TransportLimits, transportLimits} from './transport/transport-limits.js';

export type ConnectOptions = {
	readonly config: SharedConfig;
	readonly environment: NodeJS.ProcessEnv;
	/** `--endpoint-url`: every call goes there. */
	readonly endpointUrl?: string;
	/** How calls wait, where it is not the SDK's own way that decides. */
	readonly transportOptions?: TransportOptions;
	/** What a request may take. */
	readonly limits?: TransportLimits;
	/** Asks for the code that a profile's role takes; by default nobody can be asked. */
	readonly askPerson?: AskPerson;
	/** Is told of each request. */
	readonly noteRequest?: NoteRequest;
};

/** What the SDK waits for by itself, in the hands of somebody with a clock of their own. */
export type TransportOptions = {
	/** Decides how often a call is made again, and when; left out, the profile's settings do. */
	readonly retryStrategy?: RetryStrategyV2;
	/** Sends a request, and may give it up before its limits do. */
	readonly requestHandler: RequestHandler;
};

/** The region a profile's calls go to where none is given: the profile's, the environment's, else us-east-1. */
export function homeRegionOf(profile: string, {config, environment}: ConnectOptions): string {
	const name = activeProfileOf(profile, environment);
	const fromEnvironment = environment.AWS_REGION || environment.AWS_DEFAULT_REGION || undefined;
	const fromProfile = config.profiles[name]?.region;
	return (
		(profile === defaultChain ? (fromEnvironment ?? fromProfile) : (fromProfile ?? fromEnvironment)) ??
		'us-east-1'
	);
}

/**
 * Where the calls of a profile go, whatever names it: the clients that `connect` makes are given these, and look nowhere else.
 * Throws the problem of a URL that is none.
 */
export function endpointsOf(
	profile: string,
	{config, environment, endpointUrl}: ConnectOptions,
): ServiceEndpoints {
	const settings = {profile: activeProfileOf(profile, environment), config, environment};
	const of = (service: Service): string | null => endpointOf(service, settings, endpointUrl) ?? null;
	return {s3: of('s3'), iam: of('iam'), sts: of('sts'), kms: of('kms')};
}

/** Who named the region of `homeRegionOf`, in words for a person. */
function originOfRegion(profile: string, {config, environment}: ConnectOptions): string {
	const name = activeProfileOf(profile, environment);
	const variable = ['AWS_REGION', 'AWS_DEFAULT_REGION'].find((one) => environment[one]);
	const isOwn =
		config.profiles[name]?.region !== undefined && (profile !== defaultChain || variable === undefined);
	return isOwn || variable === undefined
		? `region of the profile ${name} (${placeOfSetting(config, name, 'region')})`
		: `the environment variable ${variable}`;
}

/** The profile of the shared files whose settings apply. */
function activeProfileOf(profile: string, environment: NodeJS.ProcessEnv): string {
	return profile === defaultChain ? environment.AWS_PROFILE || 'default' : profile;
}

/**
 * The ports to AWS with one profile. Makes no request; clients are loaded and made when first needed, one a region.
 * Throws the problem of a profile that does not exist, or whose region is none where no endpoint is given.
 */
export function connect(profile: string, options: ConnectOptions): Connection {
	const {config, environment, transportOptions, limits = transportLimits} = options;
	const {askPerson = nobodyAsked, noteRequest} = options;
	const checked = async <Client extends CheckedClient>(client: Client): Promise<Client> =>
		checkedClient(client, noteRequest);
	if (profile !== defaultChain && !Object.hasOwn(config.profiles, profile))
		throw unknownProfile(profile, config);
	const activeProfile = activeProfileOf(profile, environment);
	const own = {profile: activeProfile, config, environment};
	const endpoints = endpointsOf(profile, options);
	const endpoint = (service: Service): string | undefined => endpoints[service] ?? undefined;
	const regionalEndpoint = (service: RegionalService): string | undefined =>
		endpointOf(service, own, options.endpointUrl);
	const homeRegion = homeRegionOf(profile, options);
	const regionOrigin = (): string => originOfRegion(profile, options);
	const fault = endpoints.sts === null ? homeRegionFault(homeRegion) : hostNameFault(homeRegion);
	if (fault !== undefined) throw unknownRegion(profile, homeRegion, fault, regionOrigin());
	const settings = clientSettingsOf(own);
	refuseSpecialEndpoints(settings, endpoints);
	if (!transportOptions) refuseOddProxies(homeRegion, endpoints, environment);
	const caBundle = caBundleOf(own);
	const namedFile = (file: string) => namedFileOf(file, own);
	const advice = signInAdvice(own);
	const {command} = advice;
	const fromEnvironment = needsEnvironmentKeys(own) ? environmentKeys(environment) : undefined;
	const usesEnvironment =
		fromEnvironment !== undefined || (profile === defaultChain && chainTakesKeys(environment));
	let callerArn: string | undefined;
	let isSession = false;
	const caller = (service: Service): Caller => ({
		profile,
		advice,
		cliProfile: profile === defaultChain ? environment.AWS_PROFILE || undefined : profile,
		sourceProfile: config.profiles[activeProfile]?.source_profile,
		endpointUrl: endpoint(service),
		knownArn: () => callerArn,
		service,
		isSession: () => isSession,
		placeOf: (key) => placeOfSetting(config, activeProfile, key),
		namedFile,
		caBundle,
		region: () => `the region ${homeRegion}: ${regionOrigin()}`,
		hints: () => [
			...(profile === defaultChain ? unusedSteps(environment) : []),
			...(profile === defaultChain || config.profiles[profile]?.credential_source === 'EcsContainer'
				? containerHints(environment)
				: []),
		],
		oddKeys: () => oddKeys(own, usesEnvironment),
		...(!Object.hasOwn(config.profiles, activeProfile) && environment.AWS_PROFILE
			? {absentProfile: activeProfile}
			: {}),
	});
	const transport = async () =>
		makeTransport({
			limits,
			sender: transportOptions?.requestHandler,
			environment,
			authorities: caBundle === undefined ? undefined : await authoritiesIn(caBundle, namedFile(caBundle)),
		});
	const base = async (service: Service, region: string) => ({
		...settings,
		region,
		// Left to itself the SDK would send this profile's calls to the endpoint of the one that AWS_PROFILE names.
		ignoreConfiguredEndpointUrls: true,
		...(endpoint(service) === undefined ? {} : {endpoint: endpoint(service)}),
		...(transportOptions?.retryStrategy && {retryStrategy: transportOptions.retryStrategy}),
		requestHandler: await transport(),
	});

	const signInTransport = async () =>
		noteRequest ? notingHandler(await transport(), noteRequest) : transport();
	const limit = limitCredentials(limits.credentialsMs);
	const {provide, forget} = credentialsOf({
		profile,
		activeProfile,
		config,
		environment,
		fromEnvironment,
		limit,
		// The SDK asks SSO's portal and renews tokens with clients of its own: bearer tokens go to AWS and nowhere else.
		signInConfig: async () => ({
			...settings,
			ignoreConfiguredEndpointUrls: true,
			requestHandler: await signInTransport(),
		}),
		...(command && {
			offerSignIn: async (again, error) =>
				limit.asking(async () => offerSignIn({profile, command}, askPerson, again, error)),
		}),
		assumers: roleAssumers(
			async (given) => {
				const {STSClient} = await import('@aws-sdk/client-sts');
				return checked(new STSClient({...(await base('sts', homeRegion)), credentials: given}));
			},
			caller('sts'),
			async (serial, tryCode) =>
				limit.asking(async () => askPerson({kind: 'mfa-code', profile: activeProfile, serial}, tryCode)),
		),
	});
	const credentials: typeof provide = async (properties) => {
		const given = await provide(properties);
		isSession = given.sessionToken !== undefined;
		return given;
	};
	const perRegion: Array<{readonly clear: () => void}> = [];
	/** A client a region, made when it is first asked. */
	const regional = <Client extends CheckedClient>(
		make: (region: string) => Promise<Client>,
	): ((region: string) => Promise<Client>) => {
		const clients = new Map<string, Promise<Client>>();
		perRegion.push(clients);
		return async (region) => {
			const made =
				clients.get(region) ?? make(region).then(async (client) => leaveToCaller(await checked(client)));
			clients.set(region, made);
			return made;
		};
	};

	const s3 = regional(async (region) => {
		const {S3Client} = await import('@aws-sdk/client-s3');
		const forcePathStyle = endpoint('s3') !== undefined;
		return new S3Client({...(await base('s3', region)), credentials, forcePathStyle});
	});
	const kms = regional(async (region) => {
		const {KMSClient} = await import('@aws-sdk/client-kms');
		return new KMSClient({...(await base('kms', region)), credentials});
	});
	/** Of a service that only some runs ask: its endpoint is looked for when it is asked. */
	const asked = async (service: RegionalService, region: string) => ({
		...(await base('s3', region)),
		endpoint: regionalEndpoint(service),
		credentials,
	});
	const sqs = regional(async (region) => {
		const {SQSClient} = await import('@aws-sdk/client-sqs');
		return new SQSClient(await asked('sqs', region));
	});
	const cloudWatch = regional(async (region) => {
		const {CloudWatchClient} = await import('@aws-sdk/client-cloudwatch');
		return new CloudWatchClient(await asked('cloudwatch', region));
	});
	const control = regional(async (region) => {
		const {S3ControlClient} = await import('@aws-sdk/client-s3-control');
		const client = new S3ControlClient(await asked('s3_control', region));
		return callLoopbackAsItIs(client, regionalEndpoint('s3_control'));
	});
	const of = (service: Service) => (): Caller => caller(service);
	const asking = (service: RegionalService) => (): Caller => ({
		...caller('s3'),
		endpointUrl: regionalEndpoint(service),
	});

	const iam = once(async () => {
		const {IAMClient} = await import('@aws-sdk/client-iam');
		const region = globalRegionOf(partitionOfRegion(homeRegion));
		return leaveToCaller(await checked(new IAMClient({...(await base('iam', region)), credentials})));
	});
	const sts = once(async () => {
		const {STSClient} = await import('@aws-sdk/client-sts');
		return checked(new STSClient({...(await base('sts', homeRegion)), credentials}));
	});

	return {
		profile,
		homeRegion,
		endpointUrl: endpoint('s3'),
		endpoints,
		signInAdvice: advice,
		settingRemarks: settingRemarks(profile, own),
		renewCredentials() {
			forget();
			// A client keeps credentials without an expiry for good.
			for (const clients of perRegion) clients.clear();
		},
		tellingRetries,
		identity: identityPort(sts, credentials, caller('sts'), (arn) => {
			callerArn = arn;
		}),
		buckets: bucketsPort(s3, homeRegion, of('s3')),
		settings: bucketSettingsPort(s3, of('s3')),
		accounts: accountSettingsPort(control, asking('s3_control')),
		objects: objectsPort(s3, of('s3')),
		roles: rolesPort(iam, of('iam')),
		permissions: permissionsPort(iam, of('iam')),
		keys: keysPort(kms, of('kms')),
		queues: queuesPort(sqs, asking('sqs')),
		metrics: metricsPort(cloudWatch, asking('cloudwatch')),
		jobs: jobsPort(control, asking('s3_control')),
	};
}

const nobodyAsked: AskPerson = async (request) => {
	throw new ProblemError(signInTexts(request).nobodyToAsk);
};

/** Told before anything is asked: the SDK would look for a host that is not there. */
function unknownRegion(profile: string, region: string, fault: string, origin: string): ProblemError {
	const isChain = profile === defaultChain;
	return new ProblemError(
		fixable(
			'unknown-region',
			`Cannot use the region “${region}” of ${isChain ? 'the default chain' : `the profile ${profile}`}`,
			fault,
			[`Correct ${origin}: a region is written such as us-east-1.`],
		),
	);
}
