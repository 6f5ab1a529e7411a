import {readdirSync, readFileSync} from 'node:fs';
import {expect, it} from 'vitest';

// All reasons for which S3 says that replication failed (S3 User Guide, replication-metrics-events), and which of them
// the sandbox gives; each of those is met by breaking one thing in the tests of replication.

const batch = 'is given by Batch Replication alone, which is S3 Control’s';

const reasons: readonly {readonly reason: string; readonly cannotArise?: string}[] = [
	{reason: 'AssumeRoleNotPermitted'},
	{reason: 'DstBucketInvalidRegion', cannotArise: batch},
	{reason: 'DstBucketNotFound'},
	{reason: 'DstBucketObjectLockConfigMissing'},
	{reason: 'DstBucketUnversioned'},
	{reason: 'DstDelObjNotPermitted'},
	{reason: 'DstKmsKeyInvalidState'},
	{reason: 'DstKmsKeyNotFound'},
	{reason: 'DstMultipartCompleteNotPermitted'},
	{reason: 'DstMultipartInitNotPermitted'},
	{reason: 'DstMultipartUploadNotPermitted'},
	{reason: 'DstObjectHardDeleted', cannotArise: batch},
	{reason: 'DstPutAclNotPermitted'},
	{reason: 'DstPutLegalHoldNotPermitted'},
	{reason: 'DstPutObjectNotPermitted'},
	{reason: 'DstPutRetentionNotPermitted'},
	{reason: 'DstPutTaggingNotPermitted'},
	{reason: 'DstVersionNotFound'},
	{reason: 'InitiateReplicationNotPermitted', cannotArise: batch},
	{reason: 'SrcBucketInvalidRegion', cannotArise: batch},
	{reason: 'SrcBucketNotFound'},
	{reason: 'SrcBucketReplicationConfigMissing'},
	{reason: 'SrcGetAclNotPermitted'},
	{reason: 'SrcGetLegalHoldNotPermitted'},
	{reason: 'SrcGetObjectNotPermitted'},
	{reason: 'SrcGetRetentionNotPermitted'},
	{reason: 'SrcGetTaggingNotPermitted'},
	{reason: 'SrcHeadObjectNotPermitted'},
	{
		reason: 'SrcKeyNotFound',
		cannotArise: 'says of the object’s key what SrcObjectNotFound says of the object, and that is given',
	},
	{reason: 'SrcKmsKeyInvalidState'},
	{reason: 'SrcObjectNotEligible'},
	{reason: 'SrcObjectNotFound'},
	{
		reason: 'SrcReplicationNotPending',
		cannotArise:
			'is told of a copy that is asked for anew while none is due, which Batch Replication alone does',
	},
	{reason: 'SrcVersionNotFound'},
];

const textOf = (folder: string, isWanted: (name: string) => boolean): string =>
	readdirSync(folder)
		.filter(isWanted)
		.map((name) => readFileSync(`${folder}/${name}`, 'utf8'))
		.join('\n');
const reachable = reasons.filter(({cannotArise}) => cannotArise === undefined).map(({reason}) => reason);

it('the replicator gives the reasons that can arise here, and no other', () => {
	const source = textOf('source/sandbox/replication', (name) => name.endsWith('.ts'));
	const given = [...source.matchAll(/'((?:AssumeRole|Src|Dst)[A-Z]\w+)'/g)].map(([, reason]) => reason);
	expect([...new Set(given)].sort()).toEqual([...reachable].sort());
});

it('a test meets each of them', () => {
	const tests = textOf('test/sandbox', (name) => /^replication.*\.test\.ts$/.test(name));
	expect(reachable.filter((reason) => !tests.includes(`'${reason}'`))).toEqual([]);
});
