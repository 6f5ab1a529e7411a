import {recordedEndpoint} from './recorded-endpoint.js';

const services = ['s3', 'iam', 'sts', 'kms'] as const;
export type Service = (typeof services)[number];

/** Where a profile's calls to each service go; `null` is AWS itself. */
export type ServiceEndpoints = Readonly<Record<Exclude<Service, 'kms'>, string | null>> & {
	/** Absent in records of earlier versions, which called it only to read. */
	readonly kms?: string | null;
};

export type ProfileEndpoints = ServiceEndpoints & {readonly profile: string};

/** The endpoints of a profile as they are shown and written down; each profile once. */
export function endpointsByProfile(
	found: ReadonlyArray<{readonly profile: string; readonly endpoints: ServiceEndpoints}>,
): readonly ProfileEndpoints[] {
	const byProfile = new Map(
		found.map(({profile, endpoints: {s3, iam, sts, kms}}) => [
			profile,
			{
				profile,
				s3: recordedEndpoint(s3),
				iam: recordedEndpoint(iam),
				sts: recordedEndpoint(sts),
				...(kms === undefined ? {} : {kms: recordedEndpoint(kms)}),
			},
		]),
	);
	return [...byProfile.values()];
}

/** The one place where every call goes, whatever makes it; `null` is AWS, `undefined`: there is more than one, or none is known. */
export function singleEndpoint(all: readonly ServiceEndpoints[]): string | null | undefined {
	const places = new Set(
		all.flatMap((endpoints) =>
			services.map((service) => endpoints[service]).filter((place) => place !== undefined),
		),
	);
	const [first] = places;
	return places.size === 1 ? first : undefined;
}

/** Where calls go, in a few words: one place, or each service's and each profile's where they differ. */
export function endpointsText(all: readonly ProfileEndpoints[]): string {
	const byText = new Map<string, string[]>();
	for (const endpoints of all) {
		const text = servicesText(endpoints);
		byText.set(text, [...(byText.get(text) ?? []), endpoints.profile]);
	}

	const [only, ...others] = byText.keys();
	if (only === undefined) return 'AWS';
	if (others.length === 0) return only;
	return [...byText].map(([text, profiles]) => `${profiles.join(' and ')}: ${text}`).join('; ');
}

function servicesText(endpoints: ServiceEndpoints): string {
	const byPlace = new Map<string, string[]>();
	for (const service of services) {
		const known = endpoints[service];
		if (known === undefined) continue;
		const place = known ?? 'AWS';
		byPlace.set(place, [...(byPlace.get(place) ?? []), service.toUpperCase()]);
	}

	const [only, ...others] = byPlace.keys();
	if (others.length === 0) return only ?? 'AWS';
	return [...byPlace].map(([place, names]) => `${enumerated(names)} ${place}`).join(', ');
}

function enumerated(names: readonly string[]): string {
	return names.length < 3 ? names.join(' and ') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
