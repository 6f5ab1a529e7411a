import type {AwsCredentialIdentity, HttpRequest} from '@smithy/types';
import {defaultChain} from '../../domain/answers/answers.js';
import type {RequestHandler} from '../transport/bounded-handler.js';
import type {ClientSettings} from '../transport/client-settings.js';
import {type Problem, ProblemError} from '../../domain/problem.js';
import {containerHints} from '../transport/container-hints.js';
import {profileFault} from '../transport/profile-fault.js';
import {plainName} from '../transport/plain-names.js';
import {namedTokenFault} from '../transport/token-files.js';
import {readSharedConfig, type SharedConfig} from '../transport/shared-config.js';
import type {roleAssumers} from './assume-role.js';
import {type CredentialsLimit, noCredentials} from './limit-credentials.js';
import {runProcessesByThemselves} from './run-credential-process.js';
import {type KeptCredentials, memoize} from './memoize-credentials.js';

/** How the clients are made that the SDK signs in with. */
type SignInConfig = ClientSettings & {
	readonly ignoreConfiguredEndpointUrls: true;
	readonly requestHandler: RequestHandler;
};

type Given = {
	readonly profile: string;
	/** Whose settings count: behind the chain the one that `AWS_PROFILE` names. */
	readonly activeProfile: string;
	readonly config: SharedConfig;
	readonly environment: NodeJS.ProcessEnv;
	/** Keys of the environment that count as the profile's. */
	readonly fromEnvironment: AwsCredentialIdentity | undefined;
	readonly limit: CredentialsLimit;
	readonly signInConfig: () => Promise<SignInConfig>;
	readonly assumers: ReturnType<typeof roleAssumers>;
	/** Offers to sign in, where a command does that, and gives what `again` gives then; throws `error` where nobody does. */
	readonly offerSignIn?: (
		again: () => Promise<AwsCredentialIdentity>,
		error: Error,
	) => Promise<AwsCredentialIdentity>;
};

/** What the SDK says where a token is absent or has ended; a role that is not given to somebody no sign-in mends. */
const wantsSignIn = /token|session|expired|login|refresh|ENOENT/i;

/**
 * The credentials of a profile, or of the SDK's default chain; resolved once, and anew when they expire or are forgotten. Throws
 * what the way to SSO's portal or to the sign-in failed with, where it did: the SDK makes of it that there are no credentials.
 */
export function credentialsOf(given: Given): KeptCredentials {
	const {profile, activeProfile, config, environment, fromEnvironment, limit, signInConfig, assumers} = given;
	// Left to itself the chain looks for what AWS_PROFILE names.
	const ofActive = activeProfile === 'default' ? {} : {profile: plainName(activeProfile)};
	const {configFile: configFilepath, credentialsFile: filepath} = config.location;
	const files = {configFilepath, filepath, ignoreCache: true};
	const {offerSignIn} = given;
	return memoize(async (identityProperties) => {
		if (fromEnvironment) return fromEnvironment;
		const clientConfig = await signInConfig();
		const look = async (): Promise<AwsCredentialIdentity> => {
			const noted = noteFailure(clientConfig.requestHandler);
			let fault: Problem | undefined;
			const init = {...assumers, clientConfig: {...clientConfig, requestHandler: noted.handler}};
			try {
				return await limit.within(async () => {
					// What the SDK reads of the files is handed to it, anew: somebody may have written them since.
					const read = await readSharedConfig(config.location);
					fault = profileFault({profile: activeProfile, config: read, environment});
					// The chain has other ways than its profile.
					if (fault && profile !== defaultChain) throw new ProblemError(fault);
					runProcessesByThemselves();
					if (profile === defaultChain) {
						const {defaultProvider} = await import('@aws-sdk/credential-provider-node');
						return defaultProvider({...files, ...init, ...ofActive})(identityProperties);
					}

					const {fromIni} = await import('@aws-sdk/credential-provider-ini');
					return fromIni({profile: plainName(profile), ...files, ...init})(identityProperties);
				});
			} catch (error) {
				fault ??= profile === defaultChain ? namedTokenFault(environment) : undefined;
				if (fault) throw new ProblemError(fault);
				if (containerHints(environment).length > 0) {
					// What its endpoint answers is parsed unguarded, as the token is made a header.
					if (error instanceof SyntaxError)
						throw noCredentials('The container’s endpoint answers what is no JSON.');
					if ((error as NodeJS.ErrnoException).code === 'ERR_INVALID_CHAR')
						throw noCredentials('The token for the container’s endpoint is no header.');
				}

				if (!isNoCredentials(error)) throw error;
				throw noted.failure() ?? withName(error, activeProfile);
			}
		};
		try {
			return await look();
		} catch (error) {
			if (!offerSignIn || !isNoCredentials(error) || !wantsSignIn.test(error.message)) throw error;
			return offerSignIn(look, error);
		}
	});
}

/** What the SDK throws where a source gives none, whatever the reason. */
function isNoCredentials(error: unknown): error is Error {
	return error instanceof Error && /^(?:Credentials|Token|)ProviderError$/.test(error.name);
}

/** With the name that the person knows in place of the plain one. */
function withName(error: Error, profile: string): Error {
	error.message = error.message.replaceAll(plainName(profile), profile);
	return error;
}

/** A handler that keeps the last error that it ended with, and whom it asked then. */
function noteFailure(sender: RequestHandler) {
	let failure: Error | undefined;
	const handler: Pick<RequestHandler, 'metadata' | 'destroy' | 'handle'> = {
		metadata: sender.metadata,
		destroy: () => sender.destroy?.(),
		async handle(request: HttpRequest, options) {
			try {
				const answered = await sender.handle(request, options);
				failure = undefined;
				return answered;
			} catch (error) {
				failure = Object.assign(error as Error, {signInHost: request.hostname});
				throw error;
			}
		},
	};
	return {handler: handler as RequestHandler, failure: () => failure};
}
