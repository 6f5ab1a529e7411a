import type {Here} from '../../domain/record/recorded-place.js';
import {endpointsByProfile, endpointsText} from '../../domain/endpoint/service-endpoints.js';
import type {SessionState} from './session-state.js';

/** Where calls go once AWS is chosen, as far as the shared files and the environment tell before it is. Pure. */
export function placeOnAws({awsEndpointUrl, awsProfiles}: SessionState): Here {
	const profiles = awsProfiles.state === 'ready' ? awsProfiles.value : [];
	return {
		endpointUrl: awsEndpointUrl ?? null,
		endpointsOf: (profile) => profiles.find(({name}) => name === profile)?.endpoints,
	};
}

/** The same in words; `undefined`: it is AWS, and nothing has to be said. Pure. */
export function endpointTextOf({awsEndpointUrl, awsProfiles}: SessionState): string | undefined {
	const found = awsProfiles.state === 'ready' ? awsProfiles.value : [];
	const known = endpointsByProfile(
		found.flatMap(({name, endpoints}) => (endpoints ? [{profile: name, endpoints}] : [])),
	);
	if (known.length === 0) return awsEndpointUrl;
	const text = endpointsText(known);
	return text === 'AWS' ? undefined : text;
}
