import {expect, test} from 'vitest';
import type {Cause, RunEvent} from '../../source/domain/event.js';
import {createCauseTriggers} from '../../source/engine/watch/cause-triggers.js';
import {createCauseSearch} from '../../source/engine/watch/find-causes.js';
import type {RunningWatch} from '../../source/engine/watch/running-watch.js';
import type {Sample} from '../../source/engine/watch/watch-options.js';
import {createTestClock} from '../support/test-clock.js';

const destinations = ['dst-a', 'dst-b', 'dst-c'];

const failed = (index: number, destination: string, folder = ''): RunEvent => ({
	type: 'object-failed',
	key: `${folder}${index}.txt`,
	versionId: `v${index}`,
	destination,
	problem: {code: 'replication-failed', headline: '', cause: '', nextSteps: [], kind: 'fixable'},
});

const causeAt = ({destination}: Sample): Cause => ({
	ruleId: `to-${destination ?? ''}`,
	destination,
	key: null,
	versionId: null,
	reason: 'DstBucketUnversioned',
	certainty: 'certain',
	headline: `Versioning of ${destination ?? ''} is suspended`,
	evidence: '',
	mend: '',
	document: null,
	fix: null,
});

/** A search whose looks are counted; each finds one cause where files of a kind have failed. */
function searching() {
	const clock = createTestClock();
	const end = new AbortController();
	const looks: Array<readonly Sample[]> = [];
	const events: RunEvent[] = [];
	const triggers = createCauseTriggers(destinations);
	const running = {
		clock,
		signal: end.signal,
		emit: (event: RunEvent) => events.push(event),
		whilePaused: async () => undefined,
		source: {reference: {bucket: 'src'}},
	} as unknown as RunningWatch;
	const search = createCauseSearch(
		running,
		async (samples) => {
			looks.push(samples);
			const byPlace = new Map(samples.map((sample) => [sample.destination, causeAt(sample)]));
			return [...byPlace.values()];
		},
		triggers,
	);
	return {clock, end, looks, events, triggers, search};
}

test('3,000 failures of three causes are one look, and one cause each', async () => {
	const {clock, end, looks, events, triggers, search} = searching();
	for (let index = 0; index < 3000; index++)
		triggers.note(failed(index, destinations[index % 3] ?? ''), clock.now());
	const run = search.run();
	await clock.runUntil(clock.wait(600_000));
	end.abort();
	await run.catch(() => undefined);
	expect(looks).toHaveLength(1);
	expect(looks[0]).toHaveLength(3);
	expect(events.filter(({type}) => type === 'cause-found')).toHaveLength(3);
});

test('failures that go on for ten minutes are looked at again after pauses, and nothing is told twice', async () => {
	const {clock, end, looks, events, triggers, search} = searching();
	const run = search.run();
	const fail = async (): Promise<void> => {
		for (let index = 0; index < 3000; index++) {
			triggers.note(failed(index, destinations[index % 3] ?? ''), clock.now());
			await clock.wait(200);
		}
	};
	await clock.runUntil(fail());
	end.abort();
	await run.catch(() => undefined);
	// 5, 10, 20 and 40 seconds after each other, then every minute: whatever the number of failures.
	expect(looks.length).toBeLessThanOrEqual(16);
	expect(events.filter(({type}) => type === 'cause-found')).toHaveLength(3);
});

test('of files that fail in several folders each folder is looked at, of very many some', () => {
	const {triggers} = searching();
	for (const folder of ['a/', 'b/'])
		for (const index of [1, 2]) triggers.note(failed(index, 'dst-a', folder), 0);
	expect(triggers.take().map(({key}) => key)).toEqual(['a/2.txt', 'b/2.txt']);
	for (let index = 0; index < 500; index++) triggers.note(failed(index, 'dst-a', `f${index}/`), 0);
	expect(triggers.take()).toHaveLength(12);
});
