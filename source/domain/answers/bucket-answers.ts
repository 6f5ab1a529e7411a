import {bucketNameFault} from './bucket-name.js';
import type {Side} from './mode.js';
import {regionFault, regionsOfPartition} from '../region.js';
import {tutorialNames} from './tutorial.js';
import type {AnswerEntry, DefaultContext, Refusal} from './answer-entry.js';

export const sourceBucket = {
	flag: 'source-bucket',
	kind: 'text',
	placeholder: 'NAME',
	commands: ['wizard', 'plan', 'apply', 'watch', 'diagnose', 'export', 'batch'],
	group: 'answers',
	description: 'bucket to replicate; created where it is missing',
	belongsTo: 'buckets',
	faultOf: bucketNameFault,
	refusal: bucketRefusal('source'),
	defaultOf: (context) => `${baseNames(context).source}${suffixOf(context, 'sourceProfile')}`,
} as const satisfies AnswerEntry;

export const sourceRegion = {
	flag: 'source-region',
	kind: 'text',
	placeholder: 'REGION',
	commands: ['wizard', 'plan', 'apply', 'watch', 'diagnose', 'export', 'batch'],
	group: 'answers',
	description: 'region of the source bucket',
	belongsTo: 'buckets',
	faultOf: regionFault,
	refusal: regionRefusal('source'),
	defaultOf(context) {
		const usual = tutorialNames(context.mode).sourceRegion;
		const known = regionsAround(context);
		return regionOf(context, 'sourceProfile') ?? (known.includes(usual) ? usual : (known[0] ?? usual));
	},
} as const satisfies AnswerEntry;

export const destinationBucket = {
	flag: 'destination-bucket',
	kind: 'text',
	placeholder: 'NAME',
	commands: ['wizard', 'plan', 'apply', 'export'],
	group: 'answers',
	description: 'bucket for the replicas; created where it is missing',
	belongsTo: 'buckets',
	faultOf: bucketNameFault,
	refusal: bucketRefusal('destination'),
	defaultOf(context) {
		const {destination} = baseNames(context);
		const suffix = suffixOf(context, 'destinationProfile');
		const name = `${destination}${suffix}`;
		return name === context.valueOf('sourceBucket') ? `${destination}-replica${suffix}` : name;
	},
} as const satisfies AnswerEntry;

export const destinationRegion = {
	flag: 'destination-region',
	kind: 'text',
	placeholder: 'REGION',
	commands: ['wizard', 'plan', 'apply', 'export'],
	group: 'answers',
	description: 'region of the destination bucket',
	belongsTo: 'buckets',
	faultOf: regionFault,
	refusal: regionRefusal('destination'),
	defaultOf(context) {
		const usual = tutorialNames(context.mode).destinationRegion;
		const known = regionsAround(context);
		const inOrder = known.includes(usual) ? [usual, ...known] : known;
		const source = context.valueOf('sourceRegion');
		const own = context.mode === 'cross-account' ? regionOf(context, 'destinationProfile') : undefined;
		return own ?? inOrder.find((name) => name !== source) ?? source;
	},
} as const satisfies AnswerEntry;

export const objectLock = {
	flag: 'object-lock',
	kind: 'switch',
	commands: ['wizard', 'plan', 'apply', 'export'],
	group: 'answers',
	description: 'a new destination bucket gets Object Lock; always where the source has it',
	belongsTo: 'buckets',
	isRecorded: true,
	field: {
		section: 'encryption',
		label: 'Object Lock',
		note: 'A new destination bucket gets Object Lock; always where the source has it.',
		wantedFor: 'For replicas that nobody may delete. It cannot be switched off.',
		empty: 'no',
	},
} as const satisfies AnswerEntry;

function bucketRefusal(side: Side): Refusal {
	return {
		code: 'bucket-name',
		headline: (name) => `Cannot use “${name}” as the ${side} bucket`,
		nextStep: `Give another name with --${side}-bucket.`,
	};
}

function regionRefusal(side: Side): Refusal {
	return {
		code: 'unknown-region',
		headline: (name) => `Cannot use the region “${name}” for the ${side} bucket`,
		nextStep: `Give a region such as us-east-1 with --${side}-region.`,
	};
}

/** The tutorials' names; those of Cross-Region Replication name the regions. */
function baseNames({mode, valueOf}: DefaultContext): {readonly source: string; readonly destination: string} {
	if (mode === 'cross-region')
		return {source: `my-${valueOf('sourceRegion')}`, destination: `my-${valueOf('destinationRegion')}`};
	const names = tutorialNames(mode);
	return {source: names.sourceBucket, destination: names.destinationBucket};
}

/** On AWS names are global: the account id, or a short random part, makes them unique. */
function suffixOf(context: DefaultContext, owner: 'sourceProfile' | 'destinationProfile'): string {
	if (context.isSandbox) return '';
	return `-${context.accountIdOf(context.valueOf(owner)) ?? context.randomSuffix}`;
}

/** The regions of the partition that the source's account is in. */
function regionsAround({partitionOf, valueOf}: DefaultContext): readonly string[] {
	return regionsOfPartition(partitionOf(valueOf('sourceProfile'))).map(({name}) => name);
}

function regionOf({profiles, valueOf}: DefaultContext, owner: 'sourceProfile' | 'destinationProfile') {
	return profiles.find(({name}) => name === valueOf(owner))?.region;
}
