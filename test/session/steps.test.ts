import {describe, expect, test} from 'vitest';
import type {Answers} from '../../source/domain/answers/answers.js';
import {
	neededSteps,
	nextStep,
	previousStep,
	type StepId,
	stepOf,
	steps,
} from '../../source/session/state/steps.js';

const ids: readonly StepId[] = [
	'environment',
	'mode',
	'accounts',
	'buckets',
	'options',
	'check',
	'plan',
	'apply',
	'watch',
];
const none: ReadonlySet<StepId> = new Set();

test('the steps are those of the wizard, in their order', () => {
	expect(neededSteps({}).map(({id}) => id)).toEqual(ids);
});

test('a source with objects already leads past where they are copied, and back over it', () => {
	const way = {errand: 'set-up', isMending: false, hasExisting: true} as const;
	const walked = neededSteps({}, way).map(({id}) => id);
	expect(walked).toEqual([...ids.slice(0, -1), 'copy', 'watch']);
	expect(nextStep('apply', {}, none, way)).toBe('copy');
	// A mend leads from the watch to the plan.
	expect(previousStep('watch', {}, none, way)).toBe('plan');
});

test('who copies objects that exist already chooses a bucket first, and watches then', () => {
	const way = {errand: 'copy', isMending: false} as const;
	const walked = neededSteps({}, way).map(({id}) => id);
	expect(walked).toEqual(['environment', 'accounts', 'replications', 'copy', 'watch']);
});

describe('next and previous', () => {
	const pairs = ids.slice(1).map((id, index) => [ids[index] as StepId, id] as const);

	test.each(pairs)('lead from %s on to %s', (from, to) => {
		expect(nextStep(from, {}, none)).toBe(to);
	});

	test.each(pairs.slice(0, -1))('lead to %s back from %s', (to, from) => {
		expect(previousStep(from, {}, none)).toBe(to);
	});

	test('lead from the watch back to the plan: applying acts by itself', () => {
		expect(previousStep('watch', {}, none)).toBe('plan');
	});

	test('stay at both ends', () => {
		expect(nextStep('watch', {}, none)).toBe('watch');
		expect(previousStep('environment', {}, none)).toBeUndefined();
	});

	test('pass over what flags have answered, in both directions', () => {
		const byFlags = new Set<StepId>(['environment', 'mode', 'buckets', 'options']);
		expect(nextStep('accounts', {}, byFlags)).toBe('check');
		expect(previousStep('check', {}, byFlags)).toBe('accounts');
		expect(previousStep('accounts', {}, byFlags)).toBeUndefined();
	});
});

describe('a step is answered', () => {
	test.each<readonly [StepId, Answers, boolean]>([
		['environment', {}, false],
		['environment', {environment: 'aws'}, true],
		['mode', {mode: 'cross-region'}, true],
		['accounts', {mode: 'cross-region', sourceProfile: 'a'}, true],
		['accounts', {mode: 'cross-account', sourceProfile: 'a'}, false],
		['accounts', {sourceProfile: 'a'}, false],
		['accounts', {mode: 'cross-account', sourceProfile: 'a', destinationProfile: 'b'}, true],
		['buckets', {sourceBucket: 'a', destinationBucket: 'b', sourceRegion: 'c'}, false],
		['buckets', {sourceBucket: 'a', destinationBucket: 'b', sourceRegion: 'c', destinationRegion: 'd'}, true],
		['options', {roleName: 'a', ruleId: 'b'}, false],
		['options', {roleName: 'a', ruleId: 'b', testFileCount: 0}, true],
		['check', {}, false],
		['plan', {}, false],
		['apply', {}, false],
		['watch', {}, false],
	])('%s by %j: %s', (id, answers, isAnswered) => {
		expect(stepOf(id).isAnswered(answers)).toBe(isAnswered);
	});
});

test('a step affects only steps that come after it', () => {
	const backwards = steps.flatMap(({id, affects}) =>
		affects.filter((other) => ids.indexOf(other) <= ids.indexOf(id)),
	);
	expect(backwards).toEqual([]);
});

describe('looking at a replication that exists', () => {
	const looking = {errand: 'existing', isMending: false} as const;
	const mending = {errand: 'existing', isMending: true} as const;
	const watching = {errand: 'watch', isMending: true} as const;

	test.each([
		[looking, ['environment', 'accounts', 'replications', 'diagnosis', 'watch']],
		[mending, ['environment', 'accounts', 'replications', 'diagnosis', 'plan', 'apply', 'watch']],
		[watching, ['plan', 'apply', 'watch']],
		[{errand: 'watch', isMending: false}, ['watch']],
	] as const)('walks $errand', (way, walk) => {
		expect(neededSteps({}, way).map(({id}) => id)).toEqual(walk);
	});

	test('a mend leads from where it was asked for to the watch', () => {
		expect(nextStep('plan', {}, none, mending)).toBe('apply');
		expect(nextStep('apply', {}, none, mending)).toBe('watch');
		expect(nextStep('diagnosis', {}, none, looking)).toBe('watch');
		expect(previousStep('watch', {}, none, looking)).toBe('diagnosis');
	});
});
