import {describe, expect, onTestFinished, test} from 'vitest';
import {openExpiringWorld, type ExpiringWorld, type Side} from './support/expiring-world.js';

async function worldOf(...expiring: readonly Side[]): Promise<ExpiringWorld> {
	const world = await openExpiringWorld(expiring);
	onTestFinished(world.close);
	return world;
}

const files = 60;

describe('temporary keys that expire while files are uploaded, until new ones are in the file', () => {
	test.each<readonly [string, readonly Side[]]>([
		['of the source', ['source']],
		['of the destination', ['destination']],
		['of both accounts', ['source', 'destination']],
	])('%s: nothing is lost, nothing is sent twice, and every file is counted once', async (_of, expiring) => {
		const world = await worldOf(...expiring);
		let tries = 0;
		const {session, events, ended} = await world.follow(files, (event, renew) => {
			// A person needs a while to sign in: by then it was tried several times.
			if (event.type !== 'request-failed' || event.problem.code !== 'expired-credentials') return;
			if (++tries === 4 * expiring.length) renew();
		});

		expect(ended).toBe(true);
		expect(session.watchView.objectCounts()).toEqual({
			uploaded: files,
			replicated: files,
			failed: 0,
			pending: 0,
		});
		expect(session.watchView.delays.count).toBe(files);
		expect(session.watchView.troubles).toEqual([]);

		const told = events.flatMap((event) => (event.type === 'request-failed' ? [event] : []));
		expect(new Set(told.map(({problem}) => problem.code))).toEqual(new Set(['expired-credentials']));
		expect(told.filter(({isFirst}) => isFirst)).toHaveLength(expiring.length);
		expect(told.length).toBeGreaterThanOrEqual(4);
		expect(events.filter(({type}) => type === 'requests-recovered')).toHaveLength(expiring.length);
		expect(events.filter(({type}) => type === 'object-failed')).toEqual([]);

		const puts = world.one.sandbox.requests.filter(({operation}) => operation === 'PutObject');
		expect(puts.filter(({status}) => status === 200)).toHaveLength(files);
		const {source, destination} = await world.versions();
		expect(source).toHaveLength(files);
		expect(new Set(destination)).toEqual(new Set(source));
		const uploaded = events.flatMap((event) =>
			event.type === 'object-uploaded' ? [`${event.key} ${event.versionId}`] : [],
		);
		expect(uploaded.toSorted()).toEqual(source.toSorted());
	});

	test('that nobody renews end the watch with the problem, and what was sent stays known', async () => {
		const world = await worldOf('source');
		const {session, ended} = await world.follow(files, () => undefined);

		expect(ended).toBe(false);
		expect(session.getState()).toMatchObject({
			phase: 'watch-failed',
			watchProblem: {code: 'expired-credentials'},
		});
		const {uploaded, replicated} = session.watchView.objectCounts();
		expect((await world.versions()).source).toHaveLength(uploaded);
		expect(uploaded).toBeLessThan(files);
		// The destination is looked at with other keys; only the source cannot confirm any more.
		expect(replicated).toBeGreaterThan(0);
	});
});
