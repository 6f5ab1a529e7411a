import {expect, it} from 'vitest';
import {createMarkerSides, type ListedMarker} from '../../source/engine/watch/marker-sides.js';

const ruleTo = (bucket: string, status: 'Enabled' | 'Disabled' = 'Enabled') => ({
	...{ID: `to ${bucket}`, Priority: 1, Status: 'Enabled' as const, Filter: {}},
	...{DeleteMarkerReplication: {Status: status}, Destination: {Bucket: `arn:aws:s3:::${bucket}`}},
});

/** What either look sees, in its order: a marker, or that a whole look that began then is over. */
type Step = readonly ['there' | 'back', Partial<ListedMarker> | number];

function toldOf(
	steps: readonly Step[],
	[there, back]: readonly ['Enabled' | 'Disabled', 'Enabled' | 'Disabled'] = ['Enabled', 'Enabled'],
): readonly string[] {
	const sides = createMarkerSides(
		{bucket: 'a', rules: [ruleTo('b', there)]},
		{bucket: 'b', rules: [ruleTo('a', back)]},
	);
	const told: string[] = [];
	for (const side of ['there', 'back'] as const)
		sides[side].listen(({versionId}) => told.push(`${side} ${versionId}`));
	for (const [side, step] of steps) {
		if (typeof step === 'number') sides[side].looked(step);
		else sides[side].seen({...{key: 'k', versionId: 'v', seenAt: 0}, ...step});
	}

	return told;
}

const one = {versionId: 'one', seenAt: 10, absentAt: 5};
const copy = {versionId: 'two', seenAt: 12, absentAt: 7};

it.each<readonly [what: string, steps: readonly Step[], told: readonly string[]]>([
	['waits until the other bucket is looked through', [['there', one]], []],
	[
		'does not take a look that began before',
		[
			['there', one],
			['back', 9],
		],
		[],
	],
	[
		'takes one that has no twin',
		[
			['there', one],
			['back', 11],
		],
		['there one'],
	],
	[
		'takes the one that S3 wrote first',
		[
			['there', {...one, lastModified: 2000}],
			['back', {...copy, lastModified: 1000}],
			['there', 13],
			['back', 13],
		],
		['back two'],
	],
	[
		'takes the one that was seen before the other was there',
		[
			['back', {...copy, seenAt: 4, absentAt: 1}],
			['there', one],
			['there', 13],
			['back', 13],
		],
		['back two'],
	],
	[
		'takes the one at the source where nothing tells',
		[
			['back', copy],
			['there', one],
			['back', 13],
			['there', 13],
		],
		['there one'],
	],
	[
		'leaves a copy alone whose marker was there before the watch',
		[
			['there', {...one, absentAt: undefined, isLatest: true}],
			['back', copy],
			['there', 13],
		],
		[],
	],
	[
		'takes a new one over an old one of another version',
		[
			['there', {...one, absentAt: undefined}],
			['back', copy],
			['there', 13],
		],
		['back two'],
	],
	[
		'takes both where each has its own key',
		[
			['there', one],
			['back', {...copy, key: 'l'}],
			['there', 13],
			['back', 13],
		],
		['back two', 'there one'],
	],
	[
		'takes a second deletion of the same key',
		[
			['there', one],
			['back', copy],
			['there', 13],
			['back', 13],
			['there', {versionId: 'three', seenAt: 20, absentAt: 15}],
			['back', 21],
		],
		['there one', 'there three'],
	],
])('%s', (_what, steps, told) => {
	expect(toldOf(steps)).toEqual(told);
});

it('waits for nobody where no rule brings markers', () => {
	expect(
		toldOf(
			[
				['there', one],
				['back', {...copy, key: 'l'}],
			],
			['Disabled', 'Disabled'],
		),
	).toEqual(['there one', 'back two']);
	// One way alone replicates them: what lies at its end may be a copy, what lies at its start is not.
	expect(
		toldOf(
			[
				['there', one],
				['back', copy],
				['there', 13],
			],
			['Enabled', 'Disabled'],
		),
	).toEqual(['there one']);
});
