import {endpointFault} from '../domain/endpoint-url.js';
import {fixable, ProblemError} from '../domain/problem.js';
import type {SharedConfig} from './shared-config.js';

export type Service = 's3' | 'iam' | 'sts';

/**
 * Where a service's calls go, or nothing for AWS itself. First the option, then the environment, then the profile.
 * The SDK reads the config file's endpoints for the active profile only, whichever a client uses: so this program looks itself.
 * Source: AWS SDKs and Tools Reference Guide, "Service-specific endpoints". Throws the problem of a URL that is none.
 */
export function endpointOf(
	service: Service,
	profile: string,
	config: SharedConfig,
	environment: NodeJS.ProcessEnv,
	option: string | undefined,
): string | undefined {
	const url = configuredEndpoint(service, profile, config, environment, option);
	const fault = url === undefined ? undefined : endpointFault(url);
	if (fault === undefined) return url;
	throw new ProblemError(
		fixable('endpoint-url', `Cannot use the endpoint “${url}” for ${service.toUpperCase()}`, fault, [
			`Correct AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_${service.toUpperCase()} or endpoint_url in the shared config file.`,
			'Name the endpoint yourself: --endpoint-url URL.',
			'Leave them all out: calls go to AWS then.',
		]),
	);
}

function configuredEndpoint(
	service: Service,
	profile: string,
	config: SharedConfig,
	environment: NodeJS.ProcessEnv,
	option: string | undefined,
): string | undefined {
	if (option !== undefined) return option;
	const keys = config.profiles[profile];
	const ignored = environment.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS || keys?.ignore_configured_endpoint_urls;
	if (ignored === 'true') return undefined;
	const fromEnvironment =
		environment[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] || environment.AWS_ENDPOINT_URL;
	if (fromEnvironment) return fromEnvironment;
	const services = keys?.services === undefined ? undefined : config.services[keys.services];
	return services?.[`${service}.endpoint_url`] ?? keys?.endpoint_url;
}
