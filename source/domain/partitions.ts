/**
 * Made from the endpoint data of the SDK, which this folder may not import; `test/domain/partitions.test.ts` holds it to the SDK that is
 * installed, and writes it anew with `npx vitest run test/domain/partitions.test.ts -u`.
 */
export type Partition = {
	/** Such as `aws-cn`: the second part of every ARN. */
	readonly id: string;
	/** What its host names end in. */
	readonly dnsSuffix: string;
	/** Where what belongs to no region, such as IAM, is asked. */
	readonly globalRegion: string;
	/** What its regions are named like, those that open later, too. */
	readonly regionPattern: string;
	/** Its regions and where they are, in AWS's words. */
	readonly places: Readonly<Record<string, string>>;
};

export const partitions: readonly Partition[] = [
	{
		id: 'aws',
		dnsSuffix: 'amazonaws.com',
		globalRegion: 'us-east-1',
		regionPattern: '^(us|eu|ap|sa|ca|me|af|il|mx)\\-\\w+\\-\\d+$',
		places: {
			'af-south-1': 'Africa (Cape Town)',
			'ap-east-1': 'Asia Pacific (Hong Kong)',
			'ap-east-2': 'Asia Pacific (Taipei)',
			'ap-northeast-1': 'Asia Pacific (Tokyo)',
			'ap-northeast-2': 'Asia Pacific (Seoul)',
			'ap-northeast-3': 'Asia Pacific (Osaka)',
			'ap-south-1': 'Asia Pacific (Mumbai)',
			'ap-south-2': 'Asia Pacific (Hyderabad)',
			'ap-southeast-1': 'Asia Pacific (Singapore)',
			'ap-southeast-2': 'Asia Pacific (Sydney)',
			'ap-southeast-3': 'Asia Pacific (Jakarta)',
			'ap-southeast-4': 'Asia Pacific (Melbourne)',
			'ap-southeast-5': 'Asia Pacific (Malaysia)',
			'ap-southeast-6': 'Asia Pacific (New Zealand)',
			'ap-southeast-7': 'Asia Pacific (Thailand)',
			'ca-central-1': 'Canada (Central)',
			'ca-west-1': 'Canada West (Calgary)',
			'eu-central-1': 'Europe (Frankfurt)',
			'eu-central-2': 'Europe (Zurich)',
			'eu-north-1': 'Europe (Stockholm)',
			'eu-south-1': 'Europe (Milan)',
			'eu-south-2': 'Europe (Spain)',
			'eu-west-1': 'Europe (Ireland)',
			'eu-west-2': 'Europe (London)',
			'eu-west-3': 'Europe (Paris)',
			'il-central-1': 'Israel (Tel Aviv)',
			'me-central-1': 'Middle East (UAE)',
			'me-south-1': 'Middle East (Bahrain)',
			'me-west-1': 'Middle East (Saudi Arabia)',
			'mx-central-1': 'Mexico (Central)',
			'sa-east-1': 'South America (Sao Paulo)',
			'sa-west-1': 'South America (Chile)',
			'us-east-1': 'US East (N. Virginia)',
			'us-east-2': 'US East (Ohio)',
			'us-west-1': 'US West (N. California)',
			'us-west-2': 'US West (Oregon)',
		},
	},
	{
		id: 'aws-cn',
		dnsSuffix: 'amazonaws.com.cn',
		globalRegion: 'cn-northwest-1',
		regionPattern: '^cn\\-\\w+\\-\\d+$',
		places: {'cn-north-1': 'China (Beijing)', 'cn-northwest-1': 'China (Ningxia)'},
	},
	{
		id: 'aws-eusc',
		dnsSuffix: 'amazonaws.eu',
		globalRegion: 'eusc-de-east-1',
		regionPattern: '^eusc\\-(de)\\-\\w+\\-\\d+$',
		places: {'eusc-de-east-1': 'AWS European Sovereign Cloud (Germany)'},
	},
	{
		id: 'aws-iso',
		dnsSuffix: 'c2s.ic.gov',
		globalRegion: 'us-iso-east-1',
		regionPattern: '^us\\-iso\\-\\w+\\-\\d+$',
		places: {'us-iso-east-1': 'US ISO East', 'us-iso-west-1': 'US ISO WEST'},
	},
	{
		id: 'aws-iso-b',
		dnsSuffix: 'sc2s.sgov.gov',
		globalRegion: 'us-isob-east-1',
		regionPattern: '^us\\-isob\\-\\w+\\-\\d+$',
		places: {'us-isob-east-1': 'US ISOB East (Ohio)', 'us-isob-west-1': 'US ISOB West'},
	},
	{
		id: 'aws-iso-e',
		dnsSuffix: 'cloud.adc-e.uk',
		globalRegion: 'eu-isoe-west-1',
		regionPattern: '^eu\\-isoe\\-\\w+\\-\\d+$',
		places: {'eu-isoe-west-1': 'EU ISOE West'},
	},
	{
		id: 'aws-iso-f',
		dnsSuffix: 'csp.hci.ic.gov',
		globalRegion: 'us-isof-south-1',
		regionPattern: '^us\\-isof\\-\\w+\\-\\d+$',
		places: {'us-isof-east-1': 'US ISOF EAST', 'us-isof-south-1': 'US ISOF SOUTH'},
	},
	{
		id: 'aws-us-gov',
		dnsSuffix: 'amazonaws.com',
		globalRegion: 'us-gov-west-1',
		regionPattern: '^us\\-gov\\-\\w+\\-\\d+$',
		places: {'us-gov-east-1': 'AWS GovCloud (US-East)', 'us-gov-west-1': 'AWS GovCloud (US-West)'},
	},
];
