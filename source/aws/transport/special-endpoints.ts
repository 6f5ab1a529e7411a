import type {ServiceEndpoints} from '../../domain/endpoint/service-endpoints.js';
import {fixable, ProblemError} from '../../domain/problem.js';
import {nameOf} from './plain-names.js';
import type {ClientSettings} from './client-settings.js';

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
