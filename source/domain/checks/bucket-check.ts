import type {Side} from '../answers/mode.js';
import {joined} from '../problem.js';
import {bucketProblems} from '../plan/plan-problems.js';
import {type CheckDefinition, defineCheck} from './define-check.js';
import {notRead, ok, stop} from './verdict.js';

/** Whether a bucket exists, whose it is and where, or can be created. */
export function bucketCheck(side: Side): CheckDefinition {
	return defineCheck({
		id: `${side}-bucket`,
		title: 'Bucket',
		group: side,
		needs: [`${side}Bucket`, `${side}Caller`],
		decide({request}, {[`${side}Bucket` as const]: bucket, [`${side}Caller` as const]: caller}) {
			// Without credentials nothing of the bucket can be told; that they are missing is the caller's check.
			if (!caller.isRead) return notRead(caller.problem);
			// No plan can be made without it.
			if (!bucket.isRead) return stop('could not be read', bucket.problem);
			const {accountId} = caller.value;
			const problems = bucketProblems(request, side, {bucket: bucket.value, caller: caller.value});
			const evidence = evidenceOf(bucket.value, request[side].region, accountId);
			return problems.length > 0 ? stop(evidence, joined(problems)) : ok(evidence);
		},
	});
}

function evidenceOf(
	bucket: {readonly state: 'absent' | 'foreign'} | {readonly state: 'owned'; readonly region: string},
	wantedRegion: string | undefined,
	accountId: string,
): string {
	switch (bucket.state) {
		case 'absent': {
			return wantedRegion === undefined ? 'there is none of this name' : `is created in ${wantedRegion}`;
		}

		case 'foreign': {
			return `not of account ${accountId}`;
		}

		case 'owned': {
			return `of account ${accountId}, in ${bucket.region}`;
		}
	}
}
