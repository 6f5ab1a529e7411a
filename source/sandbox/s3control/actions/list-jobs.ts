import {type ListJobsRequest, type ListJobsResult} from '@aws-sdk/client-s3-control';
import {type ControlAction} from '../action.js';
import {listedJob} from '../describe-job.js';
import {controlError} from '../errors.js';
import {jobsOf} from '../find-job.js';

const maxPage = 1000;

/** The jobs of the last 90 days, the newest first, in pages (S3 Control API reference, ListJobs; the order and the token: guessed). */
export const listJobs: ControlAction<ListJobsRequest, ListJobsResult> = {
	name: 'ListJobs',
	run(call) {
		const {input, require} = call;
		require({action: 's3:ListJobs', resource: '*'});
		const {MaxResults: size = maxPage, NextToken: token, JobStatuses: wanted} = input;
		if (!Number.isInteger(size) || size < 1 || size > maxPage) {
			throw controlError('InvalidRequest', `maxResults must be between 1 and ${maxPage}.`);
		}
		const all = jobsOf(call);
		const start = token === undefined ? 0 : all.findIndex(({jobId}) => jobId === jobOf(token)) + 1;
		if (token !== undefined && start === 0) throw controlError('InvalidNextTokenException');
		const listed = all
			.slice(start)
			.filter(({status}) => wanted === undefined || wanted.length === 0 || wanted.includes(status));
		const page = listed.slice(0, size);
		const last = page[page.length - 1];
		return {
			Jobs: page.map(listedJob),
			...(last === undefined || listed.length <= size
				? {}
				: {NextToken: Buffer.from(last.jobId).toString('base64')}),
		};
	},
};

function jobOf(token: string): string {
	return Buffer.from(token, 'base64').toString('utf8');
}
