import {readdirSync, readFileSync} from 'node:fs';
import {expect, it} from 'vitest';

// All reasons for which S3 says that replication failed (S3 User Guide, replication-metrics-events), and which of them
// the sandbox gives; each of those is met by breaking one thing in the tests of replication.

const reasons: readonly {readonly reason: string; readonly cannotArise?: string}[] = [
	{reason: 'AssumeRoleNotPermitted'},
	{
		reason: 'DstBucketInvalidRegion',
		cannotArise: 'is of a job that names the region of its destination, and none does',
	},
	{reason: 'DstBucketNotFound'},
	{reason: 'DstBucketObjectLockConfigMissing'},
	{reason: 'DstBucketUnversioned'},
	{reason: 'DstDelObjNotPermitted'},
	{reason: 'DstKmsKeyInvalidState'},
	{reason: 'DstKmsKeyNotFound'},
	{reason: 'DstMultipartCompleteNotPermitted'},
	{reason: 'DstMultipartInitNotPermitted'},
	{reason: 'DstMultipartUploadNotPermitted'},
	{reason: 'DstObjectHardDeleted'},
	{reason: 'DstPutAclNotPermitted'},
	{reason: 'DstPutLegalHoldNotPermitted'},
	{reason: 'DstPutObjectNotPermitted'},
	{reason: 'DstPutRetentionNotPermitted'},
	{reason: 'DstPutTaggingNotPermitted'},
	{reason: 'DstVersionNotFound'},
	{reason: 'InitiateReplicationNotPermitted'},
	{reason: 'SrcBucketInvalidRegion'},
	{reason: 'SrcBucketNotFound'},
	{reason: 'SrcBucketReplicationConfigMissing'},
	{reason: 'SrcGetAclNotPermitted'},
	{reason: 'SrcGetLegalHoldNotPermitted'},
	{reason: 'SrcGetObjectNotPermitted'},
	{reason: 'SrcGetRetentionNotPermitted'},
	{reason: 'SrcGetTaggingNotPermitted'},
	{reason: 'SrcHeadObjectNotPermitted'},
	{reason: 'SrcKeyNotFound'},
	{reason: 'SrcKmsKeyInvalidState'},
	{reason: 'SrcObjectNotEligible'},
	{reason: 'SrcObjectNotFound'},
	{reason: 'SrcReplicationNotPending'},
	{reason: 'SrcVersionNotFound'},
];

const textOf = (folder: string, isWanted: (name: string) => boolean): string =>
	readdirSync(folder)
		.filter(isWanted)
		.map((name) => readFileSync(`${folder}/${name}`, 'utf8'))
		.join('\n');
const reachable = reasons.filter(({cannotArise}) => cannotArise === undefined).map(({reason}) => reason);

it('replication gives the reasons that can arise here, and no other', () => {
	const source = ['source/sandbox/replication', 'source/sandbox/batch']
		.map((folder) => textOf(folder, (name) => name.endsWith('.ts')))
		.join('\n');
	const given = [...source.matchAll(/'((?:AssumeRole|Src|Dst|InitiateReplication)[A-Z]\w+)'/g)].map(
		([, reason]) => reason,
	);
	expect([...new Set(given)].sort()).toEqual([...reachable].sort());
});

it('a test meets each of them', () => {
	const tests = textOf('test/sandbox', (name) => /^replication.*\.test\.ts$/.test(name));
	expect(reachable.filter((reason) => !tests.includes(`'${reason}'`))).toEqual([]);
});
