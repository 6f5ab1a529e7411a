import {expect, it} from 'vitest';
import {
	createMarkerSides,
	type ListedMarker,
	type MarkerSide,
} from '../../source/engine/watch/marker-sides.js';

const ruleTo = (bucket: string, status: 'Enabled' | 'Disabled' = 'Enabled') => ({
	...{ID: `to ${bucket}`, Priority: 1, Status: 'Enabled' as const, Filter: {}},
	...{DeleteMarkerReplication: {Status: status}, Destination: {Bucket: `arn:aws:s3:::${bucket}`}},
});

/** What either look sees, in its order: a marker, or that a whole look that began then is over. */
type Step = readonly ['there' | 'back' | 'other', Partial<ListedMarker> | number];

function toldOf(
	steps: readonly Step[],
	[there, back]: readonly ['Enabled' | 'Disabled', 'Enabled' | 'Disabled'] = ['Enabled', 'Enabled'],
): readonly string[] {
	const sides = createMarkerSides({bucket: 'a', rules: [ruleTo('b', there), ruleTo('c', there)]}, [
		{bucket: 'b', rules: [ruleTo('a', back)]},
		{bucket: 'c', rules: [ruleTo('a', back)]},
	]);
	const [ofB, ofC] = sides.back as [MarkerSide, MarkerSide];
	const named = {there: sides.there, back: ofB, other: ofC};
	const told: string[] = [];
	for (const side of ['there', 'back', 'other'] as const)
		named[side].listen(({versionId}) => told.push(`${side} ${versionId}`));
	// Where a test says nothing of the other destination it was looked through, and had nothing.
	if (!steps.some(([side]) => side === 'other')) ofC.looked(Infinity);
	for (const [side, step] of steps) {
		if (typeof step === 'number') named[side].looked(step);
		else named[side].seen({...{key: 'k', versionId: 'v', seenAt: 0}, ...step});
	}

	return told;
}

const one = {versionId: 'one', seenAt: 10, absentAt: 5};
const copy = {versionId: 'two', seenAt: 12, absentAt: 7};
/** A copy that was surely not there when `one` was. */
const later = {...copy, absentAt: 11};

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
	[
		'takes one at the source, and neither of its copies in two destinations',
		[
			['there', one],
			['back', copy],
			['other', {...copy, versionId: 'three'}],
			['there', 13],
			['back', 13],
			['other', 13],
		],
		['there one'],
	],
	[
		'takes one of a destination, and not its copy, which goes to no other destination',
		[
			['back', one],
			['there', later],
			['back', 13],
			['other', 13],
			['there', 13],
		],
		['back one'],
	],
	[
		'takes what is deleted in both destinations, one after the other, and no copy of either',
		[
			['back', one],
			['there', later],
			['other', 13],
			['back', 13],
			['there', 13],
			['other', {versionId: 'three', seenAt: 20, absentAt: 15}],
			['there', {versionId: 'four', seenAt: 22, absentAt: 21}],
			['back', 23],
			['other', 23],
			['there', 23],
		],
		['back one', 'other three'],
	],
	[
		'takes one of a destination over an old one of the other',
		[
			['other', {versionId: 'old', absentAt: undefined, isLatest: true}],
			['back', one],
			['there', later],
			['other', 13],
			['back', 13],
			['there', 13],
		],
		['back one'],
	],
	[
		'waits for every destination that may bring it',
		[
			['there', one],
			['back', 13],
			['other', 9],
		],
		[],
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
