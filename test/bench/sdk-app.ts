// The bare SDK with the requests of a watch, at its pace and with as long answers: no plan, no screen, no records. Bundled as
// the program is, started by `program-bench.ts`; prints what CPU a file took.
import {readFileSync} from 'node:fs';
import {HeadObjectCommand, ListObjectVersionsCommand, PutObjectCommand, S3Client} from '@aws-sdk/client-s3';
import {fromIni} from '@aws-sdk/credential-provider-ini';

const [source = '', destination = '', filesText, headsText, listsText, readText] = process.argv.slice(2);
const files = Number(filesText);
const headsPerFile = Number(headsText);
const listsPerFile = Number(listsText);
const readBytesPerFile = Number(readText);
const perSecond = 100;
const warmUpFiles = 300;
const stepMs = 10;
/** So many of the last files have not been replicated yet. */
const aheadFiles = 500;

const client = (region: string): S3Client =>
	new S3Client({
		region,
		endpoint: process.env['AWS_ENDPOINT_URL'],
		forcePathStyle: true,
		credentials: fromIni({profile: 'source'}),
	});
const [atSource, atDestination] = [client('us-east-1'), client('us-west-2')];
const body = 'x'.repeat(1024);
const keyOf = (index: number): string => `bare-sdk/${String(index).padStart(6, '0')}.txt`;
const versions: string[] = [];
const underWay = new Set<Promise<unknown>>();
let [put, heads, lists] = [0, 0, 0];
let begun = {cpu: process.cpuUsage(), files: 0};

async function putOne(index: number): Promise<void> {
	const answer = await atSource.send(
		new PutObjectCommand({Bucket: source, Key: keyOf(index), Body: body, ContentType: 'text/plain'}),
	);
	versions[index] = answer.VersionId ?? '';
}

/** One that was put a while ago. */
async function headOne(count: number): Promise<void> {
	const index = Math.min(versions.length - 1, Math.floor(count / headsPerFile));
	const VersionId = versions[index];
	if (VersionId !== undefined)
		await atSource.send(new HeadObjectCommand({Bucket: source, Key: keyOf(index), VersionId}));
}

/** What this process has read so far: from its connections, nearly all of it. */
const readBytes = (): number => Number(/rchar: (\d+)/.exec(readFileSync('/proc/self/io', 'utf8'))?.[1]);
const readAtStart = readBytes();

/** A page of a listing: a whole one where less than the program's share has been read so far, else a single version. */
async function listOne(): Promise<void> {
	const isBehind = readBytes() - readAtStart < readBytesPerFile * put;
	const MaxKeys = isBehind ? 1000 : 1;
	await atDestination.send(
		new ListObjectVersionsCommand({
			Bucket: destination,
			Prefix: 'bare-sdk/',
			KeyMarker: keyOf(Math.max(0, put - 1000 - aheadFiles)),
			MaxKeys,
		}),
	);
}

function send(request: Promise<unknown>): void {
	underWay.add(request);
	void request.finally(() => underWay.delete(request));
}

const startedAt = Date.now();
await new Promise<void>((resolve) => {
	const timer = setInterval(() => {
		const due = Math.min(files, Math.floor(((Date.now() - startedAt) / 1000) * perSecond));
		for (; put < due; put++) send(putOne(put));
		for (; heads < Math.floor(due * headsPerFile); heads++) send(headOne(heads));
		for (; lists < Math.floor(due * listsPerFile); lists++) send(listOne());
		if (begun.files === 0 && due >= warmUpFiles) begun = {cpu: process.cpuUsage(), files: due};
		if (due < files) return;
		clearInterval(timer);
		resolve();
	}, stepMs);
});
await Promise.all(underWay);
const {user, system} = process.cpuUsage(begun.cpu);
console.log(
	JSON.stringify({
		readBytesPerFile: (readBytes() - readAtStart) / files,
		cpuMsPerFile: (user + system) / 1000 / (files - begun.files),
	}),
);
