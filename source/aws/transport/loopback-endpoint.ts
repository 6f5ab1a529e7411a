import type {S3ControlClient} from '@aws-sdk/client-s3-control';
import {isLoopback} from './is-loopback.js';

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
