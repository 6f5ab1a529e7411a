import type {Answers} from '../answers/answers.js';
import {accountIdFault} from '../answers/others-profile.js';
import {areRecords, isRecord, jsonIn} from '../../policy/json-shape.js';
import {answersIn} from '../plan/plan-file.js';
import {sha256Of} from './asked.js';
import {type Confirmation, type Receipt, receiptHash, receiptKind, receiptVersion} from './receipt.js';

type ReadReceipt =
	| {readonly ok: true; readonly receipt: Receipt}
	| {readonly ok: false; readonly fault: string};

const again = 'Have the owner of the source write it again.';

/** Reads a receipt, which somebody else may have written by hand. Gives what is wrong with it, in a sentence. Never throws. */
export function readReceipt(text: string): ReadReceipt {
	const found = jsonIn(text);
	if (!isRecord(found) || found.kind !== receiptKind)
		return {ok: false, fault: 'It is no receipt of s3-replicate.'};
	const {schemaVersion: version} = found;
	if (version !== receiptVersion) {
		const shown = typeof version === 'number' ? String(version) : 'none';
		return {
			ok: false,
			fault: `Its schema version is ${shown}; this program reads version ${receiptVersion}. Use the same version of s3-replicate on both sides.`,
		};
	}

	const receipt = receiptIn(found);
	if (!receipt) return {ok: false, fault: `It is not whole. ${again}`};
	if (found.sha256 !== receiptHash(receipt))
		return {ok: false, fault: `It was edited since it was written: its hash is another one. ${again}`};
	const {confirmation, source, destination, answers} = receipt;
	if (confirmation && found.confirmationSha256 !== sha256Of(confirmation))
		return {
			ok: false,
			fault: 'Its confirmation was edited. Have the owner of the destination check it again.',
		};
	if (confirmation && confirmation.of !== receiptHash(receipt))
		return {
			ok: false,
			fault: 'Its confirmation is of another receipt. Have the owner of the destination check this one.',
		};
	if (answers.sourceBucket !== source.bucket || answers.destinationBucket !== destination.bucket)
		return {ok: false, fault: `It speaks of different buckets. ${again}`};
	if (confirmation && confirmation.accountId !== destination.accountId)
		return {
			ok: false,
			fault: `Account ${confirmation.accountId} confirmed it, and ${destination.bucket} is asked of account ${destination.accountId}.`,
		};
	return {ok: true, receipt};
}

type Members = Readonly<Record<string, unknown>>;

function receiptIn(found: Members): Receipt | undefined {
	const {source, destination, rules, asked, confirmation} = found;
	const answers: Answers | undefined = answersIn(found.answers);
	const isWhole =
		answers !== undefined &&
		isEnd(source) &&
		isEnd(destination) &&
		hasTexts(source, ['partition', 'roleArn', 'rulesSha256']) &&
		typeof source.isLocked === 'boolean' &&
		isRoleOf(source) &&
		areRecords(rules) &&
		rules.every(({Destination: place}) => isRecord(place) && hasTexts(place, ['Bucket'])) &&
		areRecords(asked) &&
		asked.every((one) => hasTexts(one, ['kind', 'what', 'target', 'sha256']) && isRecord(one.document)) &&
		asked.every((one) => sha256Of(one.document) === one.sha256) &&
		(confirmation === undefined || isConfirmation(confirmation));
	if (!isWhole) return undefined;
	return {
		answers,
		source: source as unknown as Receipt['source'],
		destination: destination as unknown as Receipt['destination'],
		rules: rules as unknown as Receipt['rules'],
		asked: asked as unknown as Receipt['asked'],
		...(confirmation === undefined ? {} : {confirmation: confirmation as Confirmation}),
	};
}

const hasTexts = (value: Members, names: readonly string[]): boolean =>
	names.every((name) => typeof value[name] === 'string');

const isEnd = (value: unknown): value is Members =>
	isRecord(value) &&
	hasTexts(value, ['accountId', 'bucket', 'region']) &&
	accountIdFault(value.accountId as string) === undefined;

/** The role that is let in has to be one of the account that says so: nobody is let in on another's behalf. */
const isRoleOf = ({roleArn, accountId, partition}: Members): boolean =>
	(roleArn as string).startsWith(`arn:${String(partition)}:iam::${String(accountId)}:role/`);

const isConfirmation = (value: unknown): boolean =>
	isRecord(value) &&
	hasTexts(value, ['accountId', 'at', 'of']) &&
	areRecords(value.policies) &&
	value.policies.every((one) => hasTexts(one, ['target', 'sha256']));
