import type {Connection} from '../../aws/ports.js';
import type {Profile} from '../../domain/profile.js';
import type {EnvironmentKind} from '../../domain/answers/answers.js';
import type {ProfileEndpoints, ServiceEndpoints} from '../../domain/endpoint/service-endpoints.js';
import type {RecordStore} from '../record/record-store.js';

/** AWS, or a sandbox that stands in for it: where profiles come from and where calls go. */
export type Environment = {
	readonly kind: EnvironmentKind;
	/** Where every call goes, if not to AWS. */
	readonly endpointUrl: string | null;
	/** Where the calls of a profile go; `undefined`: there is no such profile, or what names it is no URL. */
	readonly endpointsOf: (profile: string) => ServiceEndpoints | undefined;
	/** The same of all profiles that can be told at once. */
	readonly endpoints: readonly ProfileEndpoints[];
	/** The files that other AWS clients need to work with a sandbox. */
	readonly sandboxFiles?: {readonly configFile: string; readonly credentialsFile: string};
	/** The profiles to choose from. Throws the problem of files that cannot be read. */
	readonly profiles: () => Promise<readonly Profile[]>;
	/** The ports to AWS with one profile, the same for the same profile. Throws the problem of one that does not exist. */
	readonly connect: (profile: string) => Promise<Connection>;
	/** Where runs are recorded that have no other place: those of a sandbox, which are gone with it. */
	readonly records?: RecordStore;
	/** Ends what was started for it. */
	readonly close: () => Promise<void>;
};
