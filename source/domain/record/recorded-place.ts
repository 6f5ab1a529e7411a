import {plannedKindOf} from '../operations/registry.js';
import {sameEndpoint} from '../endpoint/recorded-endpoint.js';
import {type RunHeader, type RunRecord, type StandIns, withProfiles} from './run-record.js';
import {singleEndpoint, type Service, type ServiceEndpoints} from '../endpoint/service-endpoints.js';

/** The service that is called for what an operation is about. */
const services = {bucket: 's3', role: 'iam', key: 'kms', queue: 's3', job: 's3'} as const satisfies Record<
	string,
	Service
>;

/** Where calls go now. */
export type Here = {
	/** Those of S3, with the profile that is active where none is named. */
	readonly endpointUrl: string | null;
	/** Those that a profile makes; `undefined`: there is no such profile. */
	readonly endpointsOf: (profile: string) => ServiceEndpoints | undefined;
};

/** A service that a step of a run called, with which profile then, and with which it would be now. */
type Call = {readonly recordedProfile: string; readonly profile: string; readonly service: Service};

/** The one place where all calls of a run went; `null` is AWS, `undefined`: there was more than one. */
export function runEndpointOf({
	endpoints = [],
	endpointUrl,
}: Pick<RunHeader, 'endpoints' | 'endpointUrl'>): string | null | undefined {
	return endpoints.length > 0 ? singleEndpoint(endpoints) : endpointUrl;
}

/**
 * Whether a run was made where calls go now: every service that it wrote to has to be the same one, for the profile that made the
 * call. Nothing of a run lies at STS, which only says whose the account is; that is compared elsewhere. Pure.
 */
export function isHere(record: RunRecord, here: Here, standIns: StandIns = {}): boolean {
	const {endpoints, endpointUrl, ends} = record.header;
	const source = standIns.source ?? ends[0]?.profile ?? '';
	if (!endpoints) {
		// Earlier versions wrote down where the active profile's calls went.
		return (
			sameEndpoint(endpointUrl, here.endpointUrl) ||
			(endpointUrl !== null && sameEndpoint(endpointUrl, here.endpointsOf(source)?.s3 ?? null))
		);
	}

	return callsOf(record, standIns).every(({recordedProfile, profile, service}) => {
		const recorded = endpoints.find((one) => one.profile === recordedProfile);
		const now = here.endpointsOf(profile);
		if (!recorded || !now) return sameEndpoint(endpointUrl, now ? (now[service] ?? null) : here.endpointUrl);
		return sameEndpoint(recorded[service] ?? null, now[service] ?? null);
	});
}

function callsOf(record: RunRecord, standIns: StandIns): readonly Call[] {
	const {steps} = withProfiles(record, standIns);
	const calls = record.steps.flatMap((step, index): readonly Call[] => {
		const now = steps[index];
		if (step.kind === 'operation' && now?.kind === 'operation') {
			const service = services[plannedKindOf(step.operation.kind).on];
			return [{recordedProfile: step.profile, profile: now.profile, service}];
		}

		if (step.kind !== 'files' || now?.kind !== 'files') return [];
		return step.ends.map(({profile}, at) => ({
			recordedProfile: profile,
			profile: now.ends[at]?.profile ?? profile,
			service: 's3',
		}));
	});
	if (calls.length > 0) return calls;
	const [profile = ''] = record.header.ends.map((end) => end.profile);
	return [{recordedProfile: profile, profile: standIns.source ?? profile, service: 's3'}];
}
