import type {Answers} from '../answers/answers.js';
import {answerRows} from '../answers/answer-table.js';
import type {ReplicationRule} from '../rule/replication-configuration.js';
import {jsonText} from '../text/visible-text.js';
import {type Asked, sha256Of} from './asked.js';

export const receiptKind = 's3-replicate receipt';
export const receiptVersion = 1;

/** An end of a replication as a receipt names it: whose it is and where, and by no profile. */
export type ReceiptEnd = {readonly accountId: string; readonly bucket: string; readonly region: string};

/** What the destination's owner says of their side once it is done. */
export type Confirmation = {
	readonly accountId: string;
	/** When, in UTC. */
	readonly at: string;
	/** The hash of the receipt that it is about. */
	readonly of: string;
	/** The policies as they were read then. */
	readonly policies: ReadonlyArray<{readonly target: string; readonly sha256: string}>;
	/** The role of the way back, in a two-way set-up. */
	readonly roleArn?: string;
};

/** What two owners hand each other: what is wanted, what the destination's side must do for it, and that it is done. It has no secret in it. */
export type Receipt = {
	/** Without profiles: each owner has their own. */
	readonly answers: Answers;
	readonly source: ReceiptEnd & {
		readonly partition: string;
		readonly roleArn: string;
		readonly isLocked: boolean;
		/** The rules as they were read; those of somebody who changes them since are not written over. */
		readonly rulesSha256: string;
	};
	readonly destination: ReceiptEnd;
	/** What will be replicated there. */
	readonly rules: readonly ReplicationRule[];
	readonly asked: readonly Asked[];
	readonly confirmation?: Confirmation;
};

/** The answers that a receipt says: what both sides have to know. */
export function receiptAnswers(answers: Answers): Answers {
	const told = answerRows.filter(
		([name, {belongsTo}]) =>
			belongsTo !== 'accounts' && belongsTo !== 'test-files' && answers[name] !== undefined,
	);
	return {environment: 'aws', ...Object.fromEntries(told.map(([name]) => [name, answers[name]]))};
}

/** The hash by which a change of a receipt is seen. */
export function receiptHash({answers, source, destination, rules, asked}: Receipt): string {
	return sha256Of({answers, source, destination, rules, asked});
}

/** A receipt as a file. */
export function receiptText(receipt: Receipt): string {
	const {answers, source, destination, rules, asked, confirmation} = receipt;
	const whole = {
		kind: receiptKind,
		schemaVersion: receiptVersion,
		about: aboutOf(receipt),
		...{answers, source, destination, rules, asked},
		sha256: receiptHash(receipt),
		...(confirmation ? {confirmation, confirmationSha256: sha256Of(confirmation)} : {}),
	};
	return `${jsonText(whole, 2)}\n`;
}

/** What somebody reads who opens the file. */
function aboutOf({source, destination, answers}: Receipt): readonly string[] {
	return [
		`Account ${source.accountId} wants to replicate ${source.bucket} to ${destination.bucket} of account ${destination.accountId}.`,
		`"asked" says what account ${destination.accountId} must do first: enable versioning, and add these statements to its policies. They let in the role ${source.roleArn} alone.`,
		'Its owner checks it with: s3-replicate diagnose --receipt FILE --destination-profile NAME. With --fix it is done, after a yes. Then the file goes back.',
		'Then the owner of the source goes on with: s3-replicate apply --receipt FILE --source-profile NAME',
		...(answers.twoWay === true
			? [
					'Both ways are set up. The owner of the source makes that side ready first, with the same apply; --fix makes a role and a rule for the other side.',
				]
			: []),
	];
}
