import {describe, expect, test} from 'vitest';
import {destinationPolicy, policyNotes} from '../../source/domain/role/destination-policy.js';
import type {PolicyDocument, Statement} from '../../source/policy/document.js';
import {statementsOf} from '../../source/policy/document.js';
import {bucketPolicyNeeds} from '../support/duties.js';

const role = 'arn:aws:iam::111122223333:role/s3-cross-account-rep';
const needs = bucketPolicyNeeds('aws', 'dst');

function merged(existing: PolicyDocument | undefined): PolicyDocument {
	return destinationPolicy(existing, needs, role);
}

const objects: Statement = {
	Sid: 'Set-permissions-for-objects',
	Effect: 'Allow',
	Principal: {AWS: role},
	Action: ['s3:ReplicateObject', 's3:ReplicateDelete'],
	Resource: 'arn:aws:s3:::dst/*',
};

const bucket: Statement = {
	Sid: 'Set-permissions-on-bucket',
	Effect: 'Allow',
	Principal: {AWS: role},
	Action: ['s3:GetBucketVersioning', 's3:PutBucketVersioning'],
	Resource: 'arn:aws:s3:::dst',
};

const readers: Statement = {
	Sid: 'Readers',
	Effect: 'Allow',
	Principal: {AWS: 'arn:aws:iam::777788889999:root'},
	Action: 's3:GetObject',
	Resource: 'arn:aws:s3:::dst/*',
};

const onlyTls: Statement = {
	Sid: 'OnlyTls',
	Effect: 'Deny',
	Principal: '*',
	Action: 's3:*',
	Resource: ['arn:aws:s3:::dst', 'arn:aws:s3:::dst/*'],
	Condition: {Bool: {'aws:SecureTransport': 'false'}},
};

describe('a policy that is there', () => {
	test('keeps its Id, its version and its statements, and gets what is missing behind them', () => {
		const existing: PolicyDocument = {Version: '2008-10-17', Id: 'Mine', Statement: [readers]};
		expect(merged(existing)).toEqual({
			Version: '2008-10-17',
			Id: 'Mine',
			Statement: [readers, objects, bucket],
		});
		expect(existing.Statement).toEqual([readers]);
	});

	test('with one statement outside a list keeps that one', () => {
		expect(merged({Version: '2012-10-17', Statement: readers})).toEqual({
			Version: '2012-10-17',
			Statement: [readers, objects, bucket],
		});
	});

	test('gets only the half that is missing', () => {
		expect(merged({Version: '2012-10-17', Statement: [bucket]}).Statement).toEqual([bucket, objects]);
		expect(merged({Version: '2012-10-17', Statement: [objects]}).Statement).toEqual([objects, bucket]);
	});

	test('with a Sid that is taken gets a free one', () => {
		const taken = {...readers, Sid: 'Set-permissions-for-objects'};
		const second = {...readers, Sid: 'Set-permissions-for-objects-2'};
		const sids = statementsOf(merged({Version: '2012-10-17', Statement: [taken, second]})).map(
			({Sid}) => Sid,
		);
		expect(sids).toEqual([
			'Set-permissions-for-objects',
			'Set-permissions-for-objects-2',
			'Set-permissions-for-objects-3',
			'Set-permissions-on-bucket',
		]);
	});
});

describe('a policy that lets the role do everything already', () => {
	const everything: Statement = {
		Effect: 'Allow',
		Principal: {AWS: role},
		Action: 's3:*',
		Resource: ['arn:aws:s3:::dst', 'arn:aws:s3:::dst/*'],
	};
	// What the console writes (docs/aws-facts.md, 4.2).
	const consoles: Statement = {
		Sid: 'S3PolicyStmt-DO-NOT-MODIFY-1700000000000',
		Effect: 'Allow',
		Principal: {AWS: 'arn:aws:iam::111122223333:root'},
		Action: ['s3:GetBucketVersioning', 's3:PutBucketVersioning', 's3:ReplicateObject', 's3:ReplicateDelete'],
		Resource: ['arn:aws:s3:::dst/*', 'arn:aws:s3:::dst'],
	};

	test.each<readonly [string, readonly Statement[]]>([
		['as it would be written', [objects, bucket]],
		['in another order, among others', [bucket, readers, objects]],
		['by one wide statement', [everything]],
		['by the account’s root, as the console writes it', [consoles]],
		[
			'in two statements, as the console’s instructions have it',
			[
				{...objects, Sid: 'Permissions on objects', Action: ['s3:ReplicateDelete', 's3:ReplicateObject']},
				{
					...bucket,
					Sid: 'Permissions on bucket',
					Action: ['s3:List*', 's3:GetBucketVersioning', 's3:PutBucketVersioning'],
				},
			],
		],
		[
			'by the console of older days',
			[{...consoles, Sid: 'S3ReplicationPolicyStmt1', Resource: ['arn:aws:s3:::dst', 'arn:aws:s3:::dst/*']}],
		],
		['by the account’s bare id', [{...consoles, Principal: {AWS: '111122223333'}}]],
		['with actions by pattern', [{...objects, Action: 's3:replicate*'}, bucket]],
		[
			'one action a statement',
			[
				{...objects, Action: 's3:ReplicateObject'},
				{...objects, Sid: 'Other', Action: 's3:ReplicateDelete'},
				bucket,
			],
		],
		['beside a Deny of insecure transport', [objects, bucket, onlyTls]],
	])('%s is the very same', (_how, Statement) => {
		const existing: PolicyDocument = {Version: '2012-10-17', Statement};
		expect(merged(existing)).toBe(existing);
	});

	test('is the one that was written: a second run finds nothing to add', () => {
		const existing: PolicyDocument = {Version: '2012-10-17', Statement: [onlyTls, readers]};
		const first = merged(existing);
		expect(first.Statement).toEqual([onlyTls, readers, objects, bucket]);
		expect(merged(first)).toBe(first);
	});
});

describe('a policy that lets the role do less gets what is missing:', () => {
	test.each<readonly [string, Statement]>([
		['for another role', {...objects, Principal: {AWS: `${role}2`}}],
		['for the role without its path', {...objects, Principal: {AWS: role.replace('role/', 'role/x/')}}],
		['for another account', {...objects, Principal: {AWS: 'arn:aws:iam::444455556666:root'}}],
		['for the unique id of a role that is gone', {...objects, Principal: {AWS: 'AROAEXAMPLE'}}],
		['under a condition', {...objects, Condition: {StringEquals: {'aws:SourceVpce': 'vpce-1'}}}],
		['for some objects', {...objects, Resource: 'arn:aws:s3:::dst/logs/*'}],
		['for one of two actions', {...objects, Action: 's3:ReplicateObject'}],
		['for another bucket', {...objects, Resource: 'arn:aws:s3:::dst2/*'}],
	])('%s', (_why, statement) => {
		const existing: PolicyDocument = {
			Version: '2012-10-17',
			Statement: [{...statement, Sid: 'Other'}, bucket],
		};
		expect(merged(existing).Statement).toEqual([{...statement, Sid: 'Other'}, bucket, objects]);
	});
});

describe('what is said of the statements that are there', () => {
	const said = (...Statement: readonly Statement[]) =>
		policyNotes({Version: '2012-10-17', Statement}, needs, role);

	test('is nothing where there are none, or none that matters', () => {
		expect(policyNotes(undefined, needs, role)).toEqual([]);
		expect(said(readers, onlyTls)).toEqual([]);
	});

	test('is which of them let the role in already', () => {
		const {Sid: _sid, ...nameless} = bucket;
		expect(said(readers, objects, nameless)).toEqual([
			'The role is let in already, by “Set-permissions-for-objects”, number 3.',
		]);
	});

	test('is which of them names somebody who was deleted', () => {
		const stale = {...objects, Principal: {AWS: ['AROAEXAMPLEID', 'AIDAEXAMPLEID', role]}};
		expect(said(stale)).toEqual([
			expect.stringMatching(
				/^Statement “Set-permissions-for-objects” names AROAEXAMPLEID, the id of a deleted role/,
			),
			expect.stringMatching(
				/^Statement “Set-permissions-for-objects” names AIDAEXAMPLEID, the id of a deleted user/,
			),
		]);
	});
});
