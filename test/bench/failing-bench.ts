import {
	DeleteRolePolicyCommand,
	GetRolePolicyCommand,
	IAMClient,
	ListRolePoliciesCommand,
	ListRolesCommand,
	PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import {
	DeleteBucketPolicyCommand,
	PutBucketPolicyCommand,
	PutBucketVersioningCommand,
	S3Client,
} from '@aws-sdk/client-s3';
import {fromIni} from '@aws-sdk/credential-provider-ini';
import {until} from '../support/until.js';
import type {Row, Say} from './row.js';
import {destination, serve, type Served} from './served-sandbox.js';
import {besides, watchOnScreen} from './watch-on-screen.js';

const objects = 10_000;
const perSecond = 100;
/** So many files long each of the causes stands in the way, and as many go well before the next. */
const brokenFor = 1000;

/** Something that keeps every file from arriving. */
type Break = {readonly breakIt: () => Promise<unknown>; readonly mendIt: () => Promise<unknown>};

/** Three things that somebody breaks and mends, one after the other. */
async function breaks({env}: Served): Promise<readonly Break[]> {
	const settings = {
		endpoint: env['AWS_ENDPOINT_URL'],
		credentials: fromIni({
			profile: 'source',
			configFilepath: env['AWS_CONFIG_FILE'],
			filepath: env['AWS_SHARED_CREDENTIALS_FILE'],
		}),
	};
	const s3 = new S3Client({...settings, region: 'us-west-2', forcePathStyle: true});
	const iam = new IAMClient({...settings, region: 'us-east-1'});
	const {Roles: [role] = []} = await iam.send(new ListRolesCommand({}));
	const RoleName = role?.RoleName;
	const {PolicyNames: [PolicyName] = []} = await iam.send(new ListRolePoliciesCommand({RoleName}));
	const {PolicyDocument = ''} = await iam.send(new GetRolePolicyCommand({RoleName, PolicyName}));
	const setVersioning = async (Status: 'Enabled' | 'Suspended') =>
		s3.send(new PutBucketVersioningCommand({Bucket: destination, VersioningConfiguration: {Status}}));
	const deny = {
		Effect: 'Deny',
		Principal: {AWS: role?.Arn},
		Action: 's3:ReplicateObject',
		Resource: `arn:aws:s3:::${destination}/*`,
	};
	const Policy = JSON.stringify({Version: '2012-10-17', Statement: [deny]});
	return [
		{
			breakIt: async () => s3.send(new PutBucketPolicyCommand({Bucket: destination, Policy})),
			mendIt: async () => s3.send(new DeleteBucketPolicyCommand({Bucket: destination})),
		},
		{
			breakIt: async () => setVersioning('Suspended'),
			mendIt: async () => setVersioning('Enabled'),
		},
		{
			breakIt: async () => iam.send(new DeleteRolePolicyCommand({RoleName, PolicyName})),
			mendIt: async () =>
				iam.send(
					new PutRolePolicyCommand({
						RoleName,
						PolicyName,
						PolicyDocument: decodeURIComponent(PolicyDocument),
					}),
				),
		},
	];
}

/** What the whole program costs while many files fail: within what it costs while none does, since a cause is looked for once, not once a file. */
export async function* failingRows(say: Say): AsyncIterable<Row> {
	const served = await serve();
	try {
		const all = await breaks(served);
		let failed = 0;
		say(`watching ${objects} files at ${perSecond}/s of which three causes let fail ${brokenFor} each`);
		const watched = await watchOnScreen(served, {
			args: ['--files', String(objects), '--rate', String(perSecond)],
			objects,
			async meanwhile(terminal) {
				const whenSent = async (count: number): Promise<unknown> =>
					until(() => (served.requests.get('PutObject') ?? 0) >= count);
				for (const [index, {breakIt, mendIt}] of all.entries()) {
					await whenSent((2 * index + 1) * brokenFor);
					await breakIt();
					await whenSent((2 * index + 2) * brokenFor);
					await mendIt();
				}

				await whenSent(objects);
				// Who looks at failed files is not sent away from them.
				const frame = await terminal.waitFor((text) => / 0 pending/.test(text), {what: 'the end'});
				failed = Number(/([\d,]+) failed/.exec(frame)?.[1]?.replaceAll(',', ''));
				terminal.type('q');
				await terminal.waitForText('keep them');
				terminal.type('n');
			},
		});
		const what = `watch whole, ${failed} of 10,000 objects failing of three causes`;
		// A look reads the rules of both ends.
		const looks = Math.ceil(((watched.requestsPerFile['GetBucketReplication'] ?? 0) * objects) / 2);
		yield {
			what: `${what}: looks at the set-up`,
			measured: `${looks.toFixed(0)} looks`,
			against: 'one each minute at most, and a few after each change',
			figure: looks,
			target: 25,
		};
		yield {
			what: `${what}: requests an object besides the upload`,
			measured: besides(watched).toFixed(2),
			against: '',
			figure: besides(watched),
			target: 1.3,
		};
		yield {
			what: `${what}: resident memory`,
			measured: `${(watched.peakBytes / 1024 / 1024).toFixed(0)} MB`,
			against: `CPU a file: ${watched.cpuMsPerFile.toFixed(2)} ms`,
			figure: watched.peakBytes / 1024 / 1024,
			target: 260,
		};
		yield {
			what: `${what}: written a second`,
			measured: `${(watched.drawnBytesPerSecond / 1024).toFixed(1)} KB`,
			against: '',
			figure: watched.drawnBytesPerSecond / 1024,
			target: 8,
		};
	} finally {
		await served.close();
	}
}
