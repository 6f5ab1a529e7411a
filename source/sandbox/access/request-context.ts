import {type World} from '../world/world.js';

/** The condition keys of what is asked in a region now, be it by a client or by a service (IAM User Guide, condition-keys). */
export function environmentOf(world: World, region: string): Readonly<Record<string, string>> {
	const now = world.clock.now();
	return {
		// The loopback stands for AWS's own endpoints, which are spoken to over TLS.
		'aws:SecureTransport': 'true',
		'aws:CurrentTime': new Date(now).toISOString(),
		'aws:EpochTime': String(Math.floor(now / 1000)),
		'aws:RequestedRegion': region,
	};
}

/** The condition keys that every request of a client to a service has here. */
export function requestContextOf(world: World, region: string): Readonly<Record<string, string>> {
	return {...environmentOf(world, region), 'aws:SourceIp': '127.0.0.1', 'aws:ViaAWSService': 'false'};
}
