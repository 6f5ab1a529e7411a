import {describe, expect, test} from 'vitest';
import {diffMark, diffText, documentDiff} from '../../source/domain/plan/document-diff.js';

/** The lines of a diff as they are read, signs first; words that changed stand in angle brackets. */
function diffOf(before: unknown, after: unknown): readonly string[] {
	return documentDiff(before, after).map(
		(line) =>
			`${diffMark(line)} ${line.parts.map(({text, isChanged}) => (isChanged ? `‹${text}›` : text)).join('')}`,
	);
}

const rule = {
	ID: 'logs',
	Priority: 1,
	Status: 'Enabled',
	Filter: {Prefix: 'logs/'},
	DeleteMarkerReplication: {Status: 'Enabled'},
	Destination: {Bucket: 'arn:aws:s3:::dst'},
};
const statement = {Sid: 'theirs', Effect: 'Allow', Action: 's3:GetObject', Resource: '*'};

describe('what changes in a document', () => {
	test('is a rule that comes beside others, which are folded under their names', () => {
		const ours = {ID: 'ours', Status: 'Enabled'};
		expect(diffOf({Role: 'r', Rules: [rule]}, {Role: 'r', Rules: [rule, ours]})).toEqual([
			'  {',
			'    "Role": "r",',
			'    "Rules": [',
			'      {"ID": "logs", … 11 lines unchanged}',
			'+     {',
			'+       "ID": "ours",',
			'+       "Status": "Enabled"',
			'+     }',
			'    ]',
			'  }',
		]);
	});

	test('is one member of a rule, with its name and the words that differ', () => {
		expect(diffOf({Rules: [rule]}, {Rules: [{...rule, Priority: 2}]})).toEqual([
			'  {',
			'    "Rules": [',
			'      {',
			'        "ID": "logs",',
			'-       "Priority": ‹1›,',
			'+       "Priority": ‹2›,',
			'        … 10 lines unchanged',
			'      }',
			'    ]',
			'  }',
		]);
	});

	test('is a word inside a line', () => {
		const role = (name: string) => ({Role: `arn:aws:iam::111122223333:role/${name}`});
		expect(diffOf(role('a/old'), role('a/new'))).toEqual([
			'  {',
			'-   "Role": "arn:aws:iam::111122223333:role/a/‹old›"',
			'+   "Role": "arn:aws:iam::111122223333:role/a/‹new›"',
			'  }',
		]);
	});

	test('is a converted rule: what goes stands where it stood', () => {
		const {Filter: _filter, DeleteMarkerReplication: _markers, Priority: _priority, ...old} = rule;
		expect(diffOf([{...old, Prefix: 'logs/'}], [rule])).toEqual([
			'  [',
			'    {',
			'      "ID": "logs",',
			'+     "Priority": 1,',
			'      "Status": "Enabled",',
			'+     "Filter": {',
			'+       "Prefix": "logs/"',
			'+     },',
			'+     "DeleteMarkerReplication": {',
			'+       "Status": "Enabled"',
			'+     },',
			'      "Destination": {',
			'        "Bucket": "arn:aws:s3:::dst"',
			'      }',
			'-     "Prefix": "logs/",',
			'    }',
			'  ]',
		]);
	});

	test('is a statement that goes, and one of another name that comes in its place', () => {
		expect(diffOf({Statement: [statement]}, {Statement: [{...statement, Sid: 'ours'}]})).toEqual([
			'  {',
			'    "Statement": [',
			'+     {',
			'+       "Sid": "ours",',
			'+       "Effect": "Allow",',
			'+       "Action": "s3:GetObject",',
			'+       "Resource": "*"',
			'+     }',
			'-     {',
			'-       "Sid": "theirs",',
			'-       "Effect": "Allow",',
			'-       "Action": "s3:GetObject",',
			'-       "Resource": "*"',
			'-     },',
			'    ]',
			'  }',
		]);
	});

	test('is not that one statement has become a list of two', () => {
		const ours = {Effect: 'Deny'};
		expect(diffOf({Statement: statement}, {Statement: [statement, ours]})).toEqual([
			'  {',
			'    "Statement": [',
			'      {"Sid": "theirs", … 3 lines unchanged}',
			'+     {',
			'+       "Effect": "Deny"',
			'+     }',
			'    ]',
			'  }',
		]);
	});

	test('is an action more, and one less, whatever their order', () => {
		expect(diffOf({Action: ['a', 'b', 'c']}, {Action: ['c', 'd', 'a']})).toEqual([
			'  {',
			'    "Action": [',
			'      "c",',
			'+     "d",',
			'      "a"',
			'-     "b",',
			'    ]',
			'  }',
		]);
	});

	test('is nothing where AWS has put the members and the rules in another order', () => {
		const {ID, ...rest} = rule;
		const other = {...rule, ID: 'other'};
		const lines = documentDiff({Rules: [rule, other], Role: 'r'}, {Role: 'r', Rules: [other, {...rest, ID}]});
		expect(new Set(lines.map(({kind}) => kind))).toEqual(new Set(['same']));
	});

	test('folds many unchanged rules into one line', () => {
		const many = Array.from({length: 50}, (_none, index) => ({...rule, ID: `r${index}`}));
		expect(diffOf(many, [...many, {ID: 'ours'}])).toEqual([
			'  [',
			'    … 50 unchanged (700 lines)',
			'+   {',
			'+     "ID": "ours"',
			'+   }',
			'  ]',
		]);
	});
});

test('what stays and what comes are together the newer document, what stays and what goes the older one', () => {
	const before = {a: 1, b: {c: [1, 2], d: 'x'}, e: 'gone'};
	const after = {a: 1, b: {c: [1, 3], d: 'y'}, f: 'new'};
	const lines = documentDiff(before, after);
	const read = (without: string): unknown =>
		JSON.parse(
			lines
				.filter(({kind}) => kind !== without)
				.map(diffText)
				.join('')
				.replaceAll(/,\s*(?=[\]}])/g, '')
				.replaceAll(/(?<=["\d\]}])\s+(?=")/g, ','),
		);
	expect(read('removed')).toEqual(after);
	expect(read('added')).toEqual(before);
});
