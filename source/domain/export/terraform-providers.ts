import type {Attribute, Block} from './hcl.js';
import {type ExportedPlace, namedProfile, placesIn, type SetUp} from './set-up.js';

/** Import blocks take 1.5; the provider that the files were tried with is 5.100. */
const versions = {terraform: '>= 1.5', aws: '>= 5.0'} as const;

/** What Terraform needs, and a provider for each account and region: it refuses to work in another account. */
export function providerBlocks(setUp: SetUp, aliasOf: (place: ExportedPlace) => string): readonly Block[] {
	return [
		{
			type: 'terraform',
			body: [
				['required_version', versions.terraform],
				{
					type: 'required_providers',
					body: [['aws', {reference: `{\n  source  = "hashicorp/aws"\n  version = "${versions.aws}"\n}`}]],
				},
			],
		},
		...placesIn(setUp).map((place): Block => ({
			type: 'provider',
			labels: ['aws'],
			body: providerBody(setUp, place, aliasOf(place)),
		})),
	];
}

function providerBody(
	{endpoints: all}: SetUp,
	{accountId, region, profile}: ExportedPlace,
	alias: string,
): Block['body'] {
	const name = namedProfile(profile);
	const endpoints = (['s3', 'iam', 'sts', 'kms'] as const).flatMap((service): Attribute[] => {
		const url = all[profile]?.[service];
		return url === undefined || url === null ? [] : [[service, url]];
	});
	const isElsewhere = endpoints.some(([service]) => service === 's3');
	return [
		['alias', alias],
		['region', region],
		...(name === undefined ? [] : [['profile', name] as const]),
		['allowed_account_ids', [accountId]],
		...(isElsewhere ? [['s3_use_path_style', true] as const] : []),
		...(endpoints.length === 0 ? [] : [{type: 'endpoints', body: endpoints}]),
	];
}
