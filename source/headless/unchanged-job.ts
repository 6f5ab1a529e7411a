import type {RunEvent, Stamped} from '../domain/event.js';

/** As often as a job of AWS is asked for: then a line is written whether something has changed or not. */
const atLeastEveryMs = 30_000;

/** Gives what says of an event whether it tells of a job only what a line has just told: a job of a sandbox is asked for more often than it changes. */
export function createUnchangedJob(): (event: Stamped<RunEvent>) => boolean {
	let told = '';
	let toldAt = 0;
	return (event) => {
		if (event.type !== 'job-progressed') return false;
		const {jobId, status, total, succeeded, failed} = event;
		const now = [jobId, status, total, succeeded, failed].join(' ');
		if (now === told && event.at - toldAt < atLeastEveryMs) return true;
		told = now;
		toldAt = event.at;
		return false;
	};
}
