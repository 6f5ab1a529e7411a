import type {Service} from '../../domain/endpoint/service-endpoints.js';

/** Who calls, and where. */
export type Caller = {
	readonly profile: string;
	/** Where the call goes, if not to AWS. */
	readonly endpointUrl?: string;
	/** What `AWS_PROFILE` names, where the shared files do not have it. */
	readonly absentProfile?: string;
	/** The ARN of the profile's identity, once STS has told it. */
	readonly knownArn?: () => string | undefined;
	/** Whose call it is. */
	readonly service?: Service;
	/** Whether the credentials last used are a session's. */
	readonly isSession?: () => boolean;
	/** File and line of the profile, or of a setting of it. */
	readonly placeOf?: (key?: string) => string;
	/** Which setting names a file, with its place. */
	readonly namedFile?: (file: string) => string | undefined;
	/** The CA bundle in force. */
	readonly caBundle?: string;
};
