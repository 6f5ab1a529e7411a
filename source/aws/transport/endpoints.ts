import {endpointFault, mayHoldSecret} from '../../domain/endpoint/endpoint-url.js';
import {fixable, ProblemError} from '../../domain/problem.js';
import type {Service, ServiceEndpoints} from '../../domain/endpoint/service-endpoints.js';
import {type ClientSettings, isTrue} from './client-settings.js';
import {placeOfSetting, type ProfileSettings, settingOf} from './setting-places.js';
import type {SharedConfig} from './shared-config.js';
import type {S3ControlClient} from '@aws-sdk/client-s3-control';
import {isLoopback} from './is-loopback.js';
import {nameOf} from './plain-names.js';

const ignoredSetting = ['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS', 'ignore_configured_endpoint_urls'] as const;

/** Services that only some runs ask; each may have an endpoint of its own, by its id in the SDKs. */
export type RegionalService = 'sqs' | 'cloudwatch' | 's3_control';

/**
 * Where a service's calls go, or nothing for AWS itself. First the option, then the environment, then the profile.
 * The SDK reads the config file's endpoints for the active profile only, whichever a client uses: so this program looks itself.
 * Source: AWS SDKs and Tools Reference Guide, "Service-specific endpoints". Throws the problem of a URL that is none.
 */
export function endpointOf(
	service: Service | RegionalService,
	settings: ProfileSettings,
	option: string | undefined,
): string | undefined {
	const found = configuredEndpoint(service, settings, option);
	const fault = found && endpointFault(found.url);
	if (!found || fault === undefined) return found?.url;
	const shown = mayHoldSecret(found.url) ? '' : ` “${found.url}”`;
	throw new ProblemError(
		fixable('endpoint-url', `Cannot use the endpoint${shown} for ${service.toUpperCase()}`, fault, [
			`Correct ${found.origin}.`,
			'Name the endpoint yourself: --endpoint-url URL.',
			'Leave them all out: calls go to AWS then.',
		]),
	);
}

/** The SDK throws what no person can use; the AWS CLI refuses as well. */
function absentSection(name: string, profile: string, config: SharedConfig): ProblemError {
	const place = placeOfSetting(config, profile, 'services');
	return new ProblemError(
		fixable('services-section', `Cannot find the section [services ${name}]`, `It is named by ${place}.`, [
			`Correct services in ${place}, or take it out.`,
			`Or add [services ${name}] to ${config.location.configFile}.`,
		]),
	);
}

type Configured = {
	readonly url: string;
	/** Who named it, in words for a person. */
	readonly origin: string;
};

function configuredEndpoint(
	service: Service | RegionalService,
	settings: ProfileSettings,
	option: string | undefined,
): Configured | undefined {
	if (option !== undefined) return {url: option, origin: '--endpoint-url'};
	const {profile, config, environment} = settings;
	const keys = config.profiles[profile];
	if (isTrue(settingOf(...ignoredSetting, settings))) return undefined;
	for (const name of [`AWS_ENDPOINT_URL_${service.toUpperCase()}`, 'AWS_ENDPOINT_URL']) {
		const url = environment[name];
		if (url) return {url, origin: `the environment variable ${name}`};
	}

	if (keys?.services !== undefined && !Object.hasOwn(config.services, keys.services))
		throw absentSection(keys.services, profile, config);
	const ofService =
		keys?.services === undefined ? undefined : config.services[keys.services]?.[`${service}.endpoint_url`];
	if (ofService !== undefined)
		return {url: ofService, origin: `endpoint_url of ${service} in the section [services ${keys?.services}]`};
	const own = keys?.endpoint_url;
	return own === undefined ? undefined : {url: own, origin: `endpoint_url of the profile ${profile}`};
}

/**
 * Has a client of S3 Control call a loopback endpoint as it is: of an endpoint that is configured the SDK puts the account's id
 * before the host, which no loopback address has, whatever `disableHostPrefix` says (measured against a loopback server). Every
 * other endpoint is left to the SDK.
 */
export function callLoopbackAsItIs<Client extends Pick<S3ControlClient, 'config'>>(
	client: Client,
	endpointUrl: string | undefined,
): Client {
	if (endpointUrl !== undefined && isLoopback(new URL(endpointUrl).hostname)) {
		const url = new URL(endpointUrl);
		client.config.endpointProvider = () => ({url});
	}
	return client;
}

/** AWS's FIPS and dual-stack endpoints exclude a named one. Source: the SDK's endpoint rules of S3, IAM, STS and KMS. */
export function refuseSpecialEndpoints(settings: ClientSettings, endpoints: ServiceEndpoints): void {
	const {useFipsEndpoint, useDualstackEndpoint} = settings;
	const profile = nameOf(settings.profile);
	const named = Object.values(endpoints).find((endpoint) => typeof endpoint === 'string');
	if (!named || !(useFipsEndpoint || useDualstackEndpoint)) return;
	const [what, key] = useFipsEndpoint
		? ['FIPS', 'use_fips_endpoint']
		: ['dual-stack', 'use_dualstack_endpoint'];
	throw new ProblemError(
		fixable(
			'special-endpoint',
			`Cannot use ${what} endpoints at ${named}`,
			`${what} endpoints are AWS's own: a named endpoint is never one.`,
			[
				`Set ${key} = false in the profile ${profile}, or AWS_${key.toUpperCase()}=false in the environment.`,
				'Or leave the endpoint out: calls go to AWS then.',
			],
		),
	);
}
