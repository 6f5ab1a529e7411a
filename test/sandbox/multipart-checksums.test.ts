import {createHash} from 'node:crypto';
import {
	type ChecksumAlgorithm,
	type ChecksumType,
	CompleteMultipartUploadCommand,
	type CompleteMultipartUploadCommandInput,
	type CompleteMultipartUploadCommandOutput,
	CopyObjectCommand,
	CreateMultipartUploadCommand,
	GetObjectCommand,
	HeadObjectCommand,
	UploadPartCommand,
	UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {type RunningChecksum, startChecksum} from '../../source/sandbox/http/checksum.js';
import {type Credentials, errorOf, openSandbox, type OpenSandbox} from './support/open-sandbox.js';
import {codeOf, headerOf, sendRaw} from './support/raw-request.js';
import {createVersioned} from './support/replicated-pair.js';

let open: OpenSandbox;
let bucket: string;
let key: Credentials;
beforeAll(async () => {
	open = await openSandbox();
	bucket = open.name('checksums');
	await createVersioned(open.source, bucket);
	key = open.sandbox.addUser({accountId: '111122223333', userName: 'sender'});
});
afterAll(() => open.close());

const content = 'the one part';
const digestOf = (algorithm: ChecksumAlgorithm, bytes: Buffer): string => {
	const running: RunningChecksum = startChecksum(algorithm as 'SHA256');
	running.update(bytes);
	return running.digest();
};
const plain = (algorithm: ChecksumAlgorithm): string => digestOf(algorithm, Buffer.from(content));
const composite = (algorithm: ChecksumAlgorithm): string =>
	`${digestOf(algorithm, Buffer.from(plain(algorithm), 'base64'))}-1`;

/** Uploads one part, and completes with what is given. */
async function uploadWhole(
	begin: {readonly algorithm?: ChecksumAlgorithm; readonly type?: ChecksumType},
	end: Partial<CompleteMultipartUploadCommandInput>,
	namesPartChecksum = true,
): Promise<CompleteMultipartUploadCommandOutput> {
	const {algorithm, type} = begin;
	const place = {Bucket: bucket, Key: `${algorithm}-${type}`};
	const {UploadId} = await open.source.send(
		new CreateMultipartUploadCommand({...place, ChecksumAlgorithm: algorithm, ChecksumType: type}),
	);
	const {$metadata: _metadata, ...part} = await open.source.send(
		new UploadPartCommand({
			...place,
			UploadId,
			PartNumber: 1,
			Body: content,
			ChecksumAlgorithm: algorithm ?? 'CRC64NVME',
		}),
	);
	const checksums = namesPartChecksum ? part : {};
	const MultipartUpload = {Parts: [{...checksums, ETag: part.ETag, PartNumber: 1}]};
	return open.source.send(new CompleteMultipartUploadCommand({...place, UploadId, MultipartUpload, ...end}));
}

type Form = {readonly algorithm: ChecksumAlgorithm; readonly type?: ChecksumType; readonly value: string};

// Documented: S3 User Guide, checking-object-integrity-upload, "Full object and composite checksum types".
const forms: readonly Form[] = [
	{algorithm: 'SHA256', value: composite('SHA256')},
	{algorithm: 'SHA1', value: composite('SHA1')},
	{algorithm: 'CRC32', value: composite('CRC32')},
	{algorithm: 'CRC32C', type: 'COMPOSITE', value: composite('CRC32C')},
	{algorithm: 'CRC32', type: 'FULL_OBJECT', value: plain('CRC32')},
	{algorithm: 'CRC32C', type: 'FULL_OBJECT', value: plain('CRC32C')},
	{algorithm: 'CRC64NVME', value: plain('CRC64NVME')},
];

describe.each(forms)('an upload in parts with $algorithm of type $type', ({algorithm, type, value}) => {
	const begin = {algorithm, ...(type === undefined ? {} : {type})};
	const member = `Checksum${algorithm}`;

	it('is completed with the checksum of the object (documented: CompleteMultipartUpload)', async () => {
		const completed = await uploadWhole(begin, {[member]: value});
		expect(completed).toMatchObject({[member]: value});
		const place = {Bucket: bucket, Key: completed.Key};
		const head = await open.source.send(new HeadObjectCommand({...place, ChecksumMode: 'ENABLED'}));
		expect(head).toMatchObject({[member]: value});
		const {Body} = await open.source.send(new GetObjectCommand(place));
		expect(await Body?.transformToString()).toBe(content);
	});

	it('is refused with another (documented: CompleteMultipartUpload, BadDigest)', async () => {
		const wrong = value.startsWith('A') ? value.replace(/^./, 'B') : value.replace(/^./, 'A');
		const refused = await errorOf(uploadWhole(begin, {[member]: wrong}));
		expect(refused).toMatchObject({code: 'BadDigest', status: 400});
	});

	it.each(['', 'AA==', 'no digest', `${plain(algorithm)}-x`])(
		'is refused with what is no digest: %j (third-party)',
		async (malformed) => {
			const refused = await errorOf(uploadWhole(begin, {[member]: malformed}));
			expect(refused).toMatchObject({
				code: 'InvalidRequest',
				message: `Value for x-amz-checksum-${algorithm.toLowerCase()} header is invalid.`,
				status: 400,
			});
		},
	);

	it.each([HeadObjectCommand, GetObjectCommand])(
		'tells the checksum of a part (documented: checking-object-integrity-upload; the type beside it: guessed): %o',
		async (Command) => {
			const {Key} = await uploadWhole(begin, {});
			const asked = {Bucket: bucket, Key, PartNumber: 1, ChecksumMode: 'ENABLED'} as const;
			const answer = await open.source.send(new Command(asked));
			expect(answer).toMatchObject({
				[member]: plain(algorithm),
				ChecksumType: value.includes('-') ? 'COMPOSITE' : 'FULL_OBJECT',
			});
		},
	);

	it('is refused with that of another algorithm (third-party)', async () => {
		const [other] = (['SHA1', 'SHA256'] as const).filter((name) => name !== algorithm);
		const refused = await errorOf(uploadWhole(begin, {[`Checksum${other}`]: plain(other ?? 'SHA1')}));
		expect(refused).toMatchObject({code: 'InvalidRequest', status: 400});
	});

	it('is refused with the other type (third-party)', async () => {
		const [ChecksumType] = (['COMPOSITE', 'FULL_OBJECT'] as const).filter(
			(name) => name !== (value.includes('-') ? 'COMPOSITE' : 'FULL_OBJECT'),
		);
		const refused = await errorOf(uploadWhole(begin, {ChecksumType: ChecksumType ?? 'COMPOSITE'}));
		expect(refused).toMatchObject({code: 'InvalidRequest', status: 400});
	});
});

describe('an upload in parts', () => {
	it('without an algorithm is completed with its CRC64NVME (recorded: test_multipart_if_match_etag has it)', async () => {
		const completed = await uploadWhole({}, {ChecksumCRC64NVME: plain('CRC64NVME')}, false);
		expect(completed.ChecksumCRC64NVME).toBe(plain('CRC64NVME'));
	});

	// Third-party: as clients report it of AWS; not for full objects (S3 User Guide, checking-object-integrity-upload).
	it('names the checksums of its parts where the object’s is put together from them', async () => {
		expect(await errorOf(uploadWhole({algorithm: 'SHA256'}, {}, false))).toMatchObject({
			code: 'InvalidRequest',
			message:
				'The upload was created using a sha256 checksum. The complete request must include the checksum for each part. It was missing for part 1 in the request.',
		});
		await uploadWhole({algorithm: 'CRC32', type: 'FULL_OBJECT'}, {}, false);
	});

	// Documented: CompleteMultipartUpload, x-amz-mp-object-size; words: third-party.
	it('has the size that it is said to have', async () => {
		const sizeBytes = Buffer.byteLength(content);
		await uploadWhole({}, {MpuObjectSize: sizeBytes}, false);
		expect(await errorOf(uploadWhole({}, {MpuObjectSize: sizeBytes + 1}, false))).toMatchObject({
			code: 'InvalidRequest',
			status: 400,
			message: `The provided 'x-amz-mp-object-size' header value ${sizeBytes + 1} does not match what was computed: ${sizeBytes}`,
		});
		expect(await errorOf(uploadWhole({}, {MpuObjectSize: 0}, false))).toMatchObject({code: 'InvalidRequest'});
	});

	// Documented: S3 User Guide, checking-object-integrity-upload, "Copying": CopyObject makes an object of one piece.
	it.each(['SHA256', 'SHA1', 'CRC32', 'CRC32C'] as const)(
		'is copied in one piece with the plain %s (documented)',
		async (algorithm) => {
			const {Key} = await uploadWhole({algorithm}, {});
			const place = {Bucket: bucket, Key: `${Key}-copy`};
			const member = `Checksum${algorithm}`;
			const {CopyObjectResult} = await open.source.send(
				new CopyObjectCommand({...place, CopySource: `${bucket}/${Key}`}),
			);
			const wanted = {[member]: plain(algorithm), ChecksumType: 'FULL_OBJECT'};
			expect(CopyObjectResult).toMatchObject(wanted);
			const head = await open.source.send(new HeadObjectCommand({...place, ChecksumMode: 'ENABLED'}));
			expect(head).toMatchObject({...wanted, ETag: `"${createHash('md5').update(content).digest('hex')}"`});
		},
	);

	// Documented: the same guide: a part is copied with its own digest, and the whole has the parts'.
	it('keeps the composite of its parts where these were copied (documented)', async () => {
		const {Key} = await uploadWhole({algorithm: 'SHA256'}, {});
		const place = {Bucket: bucket, Key: `${Key}-by-parts`};
		const {UploadId} = await open.source.send(
			new CreateMultipartUploadCommand({...place, ChecksumAlgorithm: 'SHA256'}),
		);
		const {CopyPartResult} = await open.source.send(
			new UploadPartCopyCommand({...place, UploadId, PartNumber: 1, CopySource: `${bucket}/${Key}`}),
		);
		expect(CopyPartResult).toMatchObject({ChecksumSHA256: plain('SHA256')});
		const {ETag, ChecksumSHA256} = CopyPartResult ?? {};
		const MultipartUpload = {Parts: [{ETag, ChecksumSHA256, PartNumber: 1}]};
		const done = await open.source.send(
			new CompleteMultipartUploadCommand({...place, UploadId, MultipartUpload}),
		);
		expect(done).toMatchObject({ChecksumSHA256: composite('SHA256'), ChecksumType: 'COMPOSITE'});
	});

	// Over raw HTTP, where no client computes anything: the digest of the document is x-amz-content-sha256's to check.
	it('is completed by a document whose own digest still counts (documented: CompleteMultipartUpload)', async () => {
		const send = async (request: Parameters<typeof sendRaw>[2]) =>
			sendRaw(open.sandbox.endpointUrl, key, request);
		const path = `/${bucket}/raw`;
		const algorithm = {'x-amz-checksum-algorithm': 'SHA256'};
		const begun = await send({method: 'POST', path, query: [['uploads', '']], headers: algorithm});
		const uploadId = /<UploadId>(.+)<\/UploadId>/.exec(begun.body)?.[1] ?? '';
		const sum = {'x-amz-checksum-sha256': plain('SHA256')};
		const query = [['uploadId', uploadId] as const];
		const part = await send({
			method: 'PUT',
			path,
			query: [['partNumber', '1'], ...query],
			body: content,
			headers: sum,
		});
		const body = `<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>${headerOf(part, 'etag')}</ETag><ChecksumSHA256>${plain('SHA256')}</ChecksumSHA256></Part></CompleteMultipartUpload>`;
		const payload = createHash('sha256').update('other').digest('hex');
		const headers = {'x-amz-checksum-sha256': composite('SHA256')};
		const complete = {method: 'POST', path, query, body, headers};
		expect(codeOf(await send({...complete, payload}))).toBe('XAmzContentSHA256Mismatch');
		const done = await send(complete);
		expect(done.status).toBe(200);
		expect(done.body).toContain(`<ChecksumSHA256>${composite('SHA256')}</ChecksumSHA256>`);
	});
});
