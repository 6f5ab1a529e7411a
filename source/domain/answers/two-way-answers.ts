import type {AnswerEntry} from './answer-entry.js';
import {pricesDate} from '../prices.js';
import {keyCost, keyNameFault} from './key-name.js';
import {roleArnFault} from './role-name.js';

/** What all answers about the way back have alike. */
const ofWayBack = {
	commands: ['wizard', 'plan', 'apply', 'export'],
	group: 'answers',
	belongsTo: 'way-back',
	isRecorded: true,
} as const;

export const twoWay = {
	...ofWayBack,
	flag: 'two-way',
	kind: 'switch',
	description: 'set up both directions; changes of metadata on replicas go back, too',
	field: {
		section: 'encryption',
		label: 'Two-way',
		note: 'Sets up both directions. S3 does not replicate replicas: nothing goes in circles.',
		cost: `Each direction costs its own requests and transfer (${pricesDate}).`,
		wantedFor: 'For applications that write in both regions.',
		empty: 'no',
	},
} as const satisfies AnswerEntry;

export const backKmsKey = {
	...ofWayBack,
	flag: 'back-kms-key',
	kind: 'text',
	placeholder: 'KEY',
	description: 'with --two-way: the key of replicas in the source bucket',
	field: {
		section: 'encryption',
		label: 'KMS key back',
		note: "Replicates objects with SSE-KMS back, too, under this key: an ARN or alias of the source's region.",
		cost: keyCost,
		shownWith: 'twoWay',
		empty: '',
		emptyText: 'objects with SSE-KMS stay',
	},
	faultOf: keyNameFault,
	refusal: {
		code: 'kms-key',
		headline: (key) => `Cannot use “${key}” as the key for replicas`,
		nextStep: 'Give --back-kms-key ARN, or --back-kms-key alias/NAME.',
	},
} as const satisfies AnswerEntry;

export const backRoleArn = {
	...ofWayBack,
	flag: 'back-role-arn',
	kind: 'text',
	placeholder: 'ARN',
	description: "with --two-way: exactly this role of the destination's account for the way back",
	field: {
		section: 'encryption',
		label: 'Role ARN back',
		note: "Uses exactly this role of the destination's account for the way back; it is neither read nor changed.",
		wantedFor: 'Where somebody else manages roles.',
		shownWith: 'twoWay',
		empty: '',
		emptyText: 'as the way there',
	},
	faultOf: roleArnFault,
	refusal: {
		code: 'role-arn',
		headline: (arn) => `Cannot use “${arn}” as the role's ARN`,
		nextStep: 'Give the ARN of a role with --back-role-arn.',
	},
} as const satisfies AnswerEntry;
