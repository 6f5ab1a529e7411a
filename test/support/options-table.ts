import type {AnswerEntry} from '../../source/domain/answers/answer-entry.js';
import {answerRows} from '../../source/domain/answers/answer-table.js';
import {dutiesOf, type Need} from '../../source/domain/role/duties.js';
import {ruleFor} from '../../source/domain/rule/rule-meaning.js';
import type {RuleFilter} from '../../source/domain/rule/rule-filter.js';
import type {RuleOptions} from '../../source/domain/rule/rule-options.js';
import {formatted} from './formatted.js';

const key = 'arn:aws:kms:us-west-2:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab';

/** What the caller needs beside the plain set-up, where that follows from no rule. */
const callerNeeds: Readonly<Record<string, string>> = {
	tags: 'caller: `s3:PutObjectTagging` for test files',
	kmsKey: 'caller: `KeysOfKms` below',
	backKmsKey: 'caller: `KeysOfKms` below',
	roleArn: 'caller: of IAM `iam:PassRole` on it alone',
	backRoleArn: 'caller: of IAM `iam:PassRole` on it alone',
	permissionsBoundary: 'nothing; `iam:CreateRole` may be allowed with it only',
	twoWay: 'caller: the same at both ends',
};

/** The table in README of what can be set up: made from the answers and from what a rule with each of them needs. */
export async function optionsTable(): Promise<string> {
	const rows = answerRows
		.filter(
			([, {belongsTo, group}]) => group === 'answers' && !['mode', 'accounts', 'buckets'].includes(belongsTo),
		)
		.map(([name, entry]) => [optionText(entry), whatText(entry), costText(entry), needsText(name)]);
	const head = ['option', 'what it does, and when one wants it', 'costs more', 'needs more'];
	const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
	return formatted('README.md', lines.join('\n'));
}

function optionText({flag, placeholder}: AnswerEntry): string {
	return `\`--${flag}${placeholder === undefined ? '' : ` ${placeholder}`}\``;
}

function whatText({field, description, kind}: AnswerEntry): string {
	const named = `${description.charAt(0).toUpperCase()}${description.slice(1)}.`;
	// Where the value is a name, its field says what becomes of others.
	const isName = kind === 'text' && field !== undefined && field.empty === undefined;
	return [...(isName || !field ? [named] : []), field?.note, field?.wantedFor]
		.filter((part) => part !== undefined)
		.join(' ');
}

function costText({field}: AnswerEntry): string {
	return field?.cost ?? 'nothing';
}

/** What the role has to be allowed that it need not be without the option. */
function needsText(name: string): string {
	const more: Readonly<Record<string, RuleOptions>> = {
		ownerOverride: {ownerOverride: true},
		replicaModifications: {replicaModifications: true},
		kmsKey: {kmsKey: key},
		backKmsKey: {kmsKey: key},
	};
	const filter = name === 'tags' ? {prefix: '', tags: [{Key: 'k', Value: 'v'}]} : undefined;
	const [plain, wanted] = [actionsWith({}), actionsWith(more[name] ?? {}, filter)];
	const needs = (['role', 'bucketPolicy'] as const).flatMap((who) => {
		const actions = wanted[who].filter((action) => !plain[who].includes(action));
		return actions.length === 0
			? []
			: [`${names[who]}: ${actions.map((action) => `\`${action}\``).join(', ')}`];
	});
	const caller = callerNeeds[name];
	return [...needs, ...(caller === undefined ? [] : [caller])].join('; ') || 'nothing';
}

const names = {role: 'role', bucketPolicy: 'bucket policy across accounts'} as const;

function actionsWith(options: RuleOptions, filter?: RuleFilter) {
	const context = {partition: 'aws', destinationBucket: 'there', destinationAccountId: '444455556666'};
	const rule = ruleFor({...context, id: 'r', options, filter}, 1);
	const {role, bucketPolicy} = dutiesOf(rule, {
		partition: 'aws',
		sourceBucket: 'here',
		sourceAccountId: '111122223333',
		sourceRegion: 'us-east-1',
	});
	const of = (needs: readonly Need[]) => [...new Set(needs.flatMap(({actions}) => actions))];
	return {role: of(role), bucketPolicy: of(bucketPolicy)};
}
