import {expect, it} from 'vitest';
import {accessibleLine} from '../../source/headless/accessible-line.js';

it.each([
	['  ✓ Bucket created: my-bucket  62 ms', 'Done: Bucket created: my-bucket, 62 ms'],
	['  ✗ a/b.txt  FAILED', 'Failed: a/b.txt, FAILED'],
	['  ! Requests fail; next try in 2.0 s', 'Warning: Requests fail; next try in 2.0 s'],
	['  … Sending one file first', 'Waiting: Sending one file first'],
	['Watching a (us-east-1) → b (us-west-2)', 'Watching a (us-east-1) to b (us-west-2)'],
	['  ✓ k  REPLICA in b  after 1.4 s (−500 ms)', 'Done: k, REPLICA in b, after 1.4 s (or up to 500 ms less)'],
	[
		{kind: 'added', mark: '+ ', parts: [{text: 'Create role  r', isChanged: true}]} as const,
		'Create: Create role, r',
	],
	['  ✗ \u001B[31mk\n✓ forged  FAILED', String.raw`Failed: \x1b[31mk\n✓ forged, FAILED`],
	['  – k  was deleted by somebody', 'Note: k, was deleted by somebody'],
	['', ''],
])('%j is said as %j', (line, said) => {
	expect(accessibleLine(line)).toBe(said);
});
