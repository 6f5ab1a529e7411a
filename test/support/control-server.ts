import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {PutObjectCommand, type S3Client} from '@aws-sdk/client-s3';

/** How a job goes. */
export type JobScript = {
	readonly total?: number;
	/** Rows of the report of what failed. */
	readonly failed?: readonly string[];
	/** Why it cannot even be prepared. */
	readonly reason?: string;
	/** How often it is asked for until it is known. */
	readonly unknownFor?: number;
	/** While it waits to be confirmed AWS does not say how many objects it has. */
	readonly isUncounted?: boolean;
	/** Somebody else cancels it while it is active. */
	readonly isCancelledElsewhere?: boolean;
	/** It stays active until somebody cancels it. */
	readonly isLong?: boolean;
};

type Job = {
	readonly id: string;
	readonly body: string;
	readonly script: JobScript;
	status: string;
	asked: number;
};

/** What AWS's S3 Control does of jobs, as far as a test of those who drive it needs: told by a script, a state further at each look. */
export type ControlServer = {
	readonly endpointUrl: string;
	/** What becomes of the next job. */
	script: JobScript;
	/** Every request: its method and path. */
	readonly requests: readonly string[];
	readonly jobs: ReadonlyMap<string, Job>;
	/** Called before a request is answered; what it gives is sent in place of the answer, or the connection ends. */
	onRequest?: (request: string) => 'answer' | 'drop-before' | 'drop-after';
	readonly close: () => Promise<void>;
};

const field = (body: string, name: string): string =>
	new RegExp(`<${name}>([^<]*)</${name}>`).exec(body)?.[1] ?? '';

/** Documented: S3 Control API Reference; S3 User Guide, job status and completion reports. */
export async function openControl(s3: S3Client): Promise<ControlServer> {
	const jobs = new Map<string, Job>();
	const requests: string[] = [];

	async function writeReport({id, body, script}: Job): Promise<void> {
		const bucket = /<Report>.*?<Bucket>arn:aws:s3:::([^<]*)</s.exec(body)?.[1];
		const folder = `${/<Report>.*?<Prefix>([^<]*)</s.exec(body)?.[1] ?? ''}/job-${id}`;
		const key = `${folder}/results/failed.csv`;
		const results = [{TaskExecutionStatus: 'failed', Bucket: bucket, Key: key}];
		const put = async (Key: string, Body: string) =>
			s3.send(new PutObjectCommand({Bucket: bucket, Key, Body}));
		await put(key, `${(script.failed ?? []).join('\n')}\n`);
		await put(`${folder}/manifest.json`, JSON.stringify({Format: 'Report_CSV_20180820', Results: results}));
	}

	/** What comes next, at each look. */
	async function advance(job: Job): Promise<void> {
		const {script} = job;
		const next: Readonly<Record<string, string>> = {
			New: 'Preparing',
			Preparing: script.reason === undefined ? 'Suspended' : 'Failed',
			Ready: 'Active',
			...(script.isLong ? {} : {Active: script.isCancelledElsewhere ? 'Cancelled' : 'Complete'}),
			Cancelling: 'Cancelled',
		};
		const before = job.status;
		job.status = next[before] ?? before;
		if (before === 'Active' && job.status === 'Complete') await writeReport(job);
	}

	const described = ({id, body, script, status}: Job): string => {
		const isHidden = script.isUncounted && status === 'Suspended';
		const isCounted = !isHidden && ['Active', 'Complete', 'Suspended', 'Ready'].includes(status);
		const failed = status === 'Complete' ? (script.failed ?? []).length : 0;
		const total = script.total ?? 0;
		const report = /<Report>.*<\/Report>/s.exec(body)?.[0] ?? '';
		return [
			`<JobId>${id}</JobId><Description>${field(body, 'Description')}</Description><Status>${status}</Status>`,
			`<CreationTime>2026-11-28T12:00:00Z</CreationTime><RoleArn>${field(body, 'RoleArn')}</RoleArn>${report}`,
			'<ProgressSummary>',
			isCounted ? `<TotalNumberOfTasks>${total}</TotalNumberOfTasks>` : '',
			`<NumberOfTasksSucceeded>${status === 'Complete' ? total - failed : 0}</NumberOfTasksSucceeded>`,
			`<NumberOfTasksFailed>${failed}</NumberOfTasksFailed></ProgressSummary>`,
			script.reason !== undefined && status === 'Failed'
				? `<FailureReasons><member><FailureCode>FailedToCreateManifest</FailureCode><FailureReason>${script.reason}</FailureReason></member></FailureReasons>`
				: '',
			status === 'Cancelled' ? '<StatusUpdateReason>somebody</StatusUpdateReason>' : '',
		].join('');
	};

	const answered = (root: string, content: string) => ({status: 200, body: `<${root}>${content}</${root}>`});
	const refused = (status: number, code: string) => ({
		status,
		body: `<ErrorResponse><Error><Code>${code}</Code><Message>${code} here</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
	});

	async function answer(method: string, url: URL, body: string): Promise<{status: number; body: string}> {
		const [, , , id, what] = url.pathname.split('/');
		if (id === undefined && method === 'POST') {
			const token = field(body, 'ClientRequestToken');
			const earlier = [...jobs.values()].find((job) => field(job.body, 'ClientRequestToken') === token);
			if (earlier && earlier.body !== body) return refused(400, 'IdempotencyException');
			const job = earlier ?? {
				id: `job-${jobs.size + 1}`,
				body,
				script: control.script,
				status: 'New',
				asked: 0,
			};
			jobs.set(job.id, job);
			return answered('CreateJobResult', `<JobId>${job.id}</JobId>`);
		}

		if (id === undefined) {
			const wanted = new Set(url.searchParams.getAll('jobStatuses'));
			const found = [...jobs.values()].filter(({status}) => wanted.has(status));
			return answered(
				'ListJobsResult',
				`<Jobs>${found.map((job) => `<member>${described(job)}</member>`).join('')}</Jobs>`,
			);
		}

		const job = jobs.get(id);
		if (!job || job.asked++ < (job.script.unknownFor ?? 0)) return refused(404, 'NoSuchJob');
		if (what === 'status') {
			const wanted = url.searchParams.get('requestedJobStatus');
			job.status = wanted === 'Cancelled' ? 'Cancelling' : 'Ready';
			return answered('UpdateJobStatusResult', `<JobId>${id}</JobId><Status>${job.status}</Status>`);
		}

		await advance(job);
		return answered('DescribeJobResult', `<Job>${described(job)}</Job>`);
	}

	async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
		let body = '';
		for await (const chunk of request) body += String(chunk);
		const url = new URL(request.url ?? '', 'http://localhost');
		const name = `${request.method} ${url.pathname}${url.search}`;
		requests.push(name);
		const way = control.onRequest?.(name) ?? 'answer';
		const given = way === 'drop-before' ? undefined : await answer(request.method ?? '', url, body);
		if (!given || way === 'drop-after') {
			response.destroy();
			return;
		}

		response.writeHead(given.status, {'content-type': 'application/xml', 'x-amz-request-id': 'r'});
		response.end(`<?xml version="1.0" encoding="UTF-8"?>\n${given.body}`);
	}

	const server = createServer((request, response) => void handle(request, response));
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const control: ControlServer = {
		endpointUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		script: {total: 5},
		requests,
		jobs,
		close: async () =>
			new Promise((resolve) => {
				server.closeAllConnections();
				server.close(() => resolve());
			}),
	};
	return control;
}
