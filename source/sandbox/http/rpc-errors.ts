import {type FaultErrors} from '../faults/early-fault.js';
import {describeBug, type ServiceError, unimplemented} from '../wire/service-error.js';
import {type AuthenticationErrors} from './authenticate.js';
import {type Authorization} from './authorization.js';

/** How a service says what is wrong with a request before any of its actions hears of it. */
export type RpcServiceErrors = {
	readonly tooLong: () => ServiceError;
	readonly incompleteSignature: () => ServiceError;
	readonly missingSignature: () => ServiceError;
	readonly wrongPayload: () => ServiceError;
	/** The signature is for another service, or for a region that there is not. */
	readonly wrongScope: (authorization: Authorization) => ServiceError;
	readonly unknownOperation: (name: string, version: string | undefined) => ServiceError;
	readonly notImplemented: (operation: string) => ServiceError;
	readonly notDeserializable: () => ServiceError;
	/** Undefined: the actions say it. */
	readonly missingMember?: (name: string) => ServiceError;
	readonly internal: (error: unknown) => ServiceError;
	readonly authentication: AuthenticationErrors;
	readonly fault: FaultErrors;
};

/** By which codes a service says it (the CommonErrors of its API reference). */
type RpcErrorCodes<Code> = {
	readonly notReadable: Code;
	readonly incompleteSignature: Code;
	readonly missingSignature: Code;
	readonly wrongSignature: Code;
	readonly unknownKey: Code;
	readonly expiredToken: Code;
	readonly unknownOperation: Code;
	readonly accessDenied: Code;
	readonly slowDown: Code;
	readonly internal: Code;
	readonly unavailable: Code;
};

/** Takes what makes a service's errors, the name that requests to it are signed for, and its codes; gives its errors. */
export function rpcServiceErrors<Code extends string>(
	make: (code: Code | 'NotImplemented', message?: string) => ServiceError,
	service: string,
	codes: RpcErrorCodes<Code>,
): RpcServiceErrors {
	const wrongSignature = (message?: string): ServiceError => make(codes.wrongSignature, message);
	return {
		tooLong: () => make(codes.notReadable, 'The request is too long'),
		incompleteSignature: () => make(codes.incompleteSignature),
		missingSignature: () => make(codes.missingSignature),
		wrongPayload: () => wrongSignature(),
		wrongScope: (authorization) =>
			wrongSignature(
				authorization.service === service
					? 'Credential should be scoped to a valid region.'
					: `Credential should be scoped to correct service: '${service}'.`,
			),
		unknownOperation: () => make(codes.unknownOperation),
		notImplemented: (operation) => make('NotImplemented', unimplemented(operation)),
		notDeserializable: () => make(codes.notReadable),
		internal: (error) => make(codes.internal, describeBug(error)),
		authentication: {
			mustBeSigned: (name) => name === 'host',
			unsignedHeaders: () =>
				wrongSignature("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization."),
			unknownKey: () => make(codes.unknownKey),
			wrongSignature: () => wrongSignature(),
			wrongToken: () => make(codes.unknownKey),
			expiredToken: () => make(codes.expiredToken),
			skewed: (signedAt, now) =>
				wrongSignature(
					signedAt < now
						? `Signature expired: ${compact(signedAt)} is now earlier than ${compact(now)} (15 min.)`
						: `Signature not yet current: ${compact(signedAt)} is still later than ${compact(now)} (15 min.)`,
				),
			expiredUrl: () => wrongSignature('Signature expired'),
		},
		fault: {
			SlowDown: () => make(codes.slowDown),
			InternalError: () => make(codes.internal),
			RegionDown: () => make(codes.unavailable),
			ExpiredToken: () => make(codes.expiredToken),
			AccessDenied: () => make(codes.accessDenied),
		},
	};
}

function compact(time: Date): string {
	return time.toISOString().replace(/[-:]|\.\d+/g, '');
}
