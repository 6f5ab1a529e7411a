import {expect, onTestFinished, test} from 'vitest';
import {sampled} from '../support/sampled.js';
import {openWatchWorld} from './support/watch-world.js';

const rows = [
	[300, 1500],
	[1200, 1500],
	[300, 60_000],
] as const;

/** What the issue allows besides the uploads: 1.2 status requests a file, and a listing a thousand files and round. */
test.each(sampled('requests of a watch', rows))(
	'%i files that take %i ms ask for little',
	async (files, replicationDelayMs) => {
		const world = await openWatchWorld({replicationDelayMs});
		onTestFinished(world.close);
		let rounds = 0;
		let isNew = true;
		const {store, requests, error} = await world.run({
			files,
			wrap: (objects, bucket) => ({
				...objects,
				async listVersions(reference, page, signal) {
					if (bucket !== world.source && isNew) rounds++;
					const answer = await objects.listVersions(reference, page, signal);
					isNew = answer.next === undefined;
					return answer;
				},
			}),
		});

		expect(error).toBeUndefined();
		expect(store.objectCounts()).toEqual({uploaded: files, replicated: files, failed: 0, pending: 0});
		expect(requests.PutObject).toBe(files);
		expect(requests.HeadObject).toBeLessThanOrEqual(1.2 * files);
		expect(requests.ListObjectVersions).toBeLessThanOrEqual(rounds * (files / 1000 + 1));
	},
);
