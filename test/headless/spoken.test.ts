import {expect, it} from 'vitest';
import {spoken} from '../../source/headless/spoken.js';

it.each([
	['  ✓ Bucket created: my-bucket  62 ms', 'Done: Bucket created: my-bucket, 62 ms'],
	['  ✗ a/b.txt  FAILED', 'Failed: a/b.txt, FAILED'],
	['  ! Requests fail; next try in 2.0 s', 'Warning: Requests fail; next try in 2.0 s'],
	['  … The first file goes alone', 'Waiting: The first file goes alone'],
	['Watching a (us-east-1) → b (us-west-2)', 'Watching a (us-east-1) to b (us-west-2)'],
	['  ✓ k  REPLICA in b  after 1.4 s (−500 ms)', 'Done: k, REPLICA in b, after 1.4 s (or up to 500 ms less)'],
	['\u001B[36m+\u001B[39m Create role  r', 'Create: Create role, r'],
	['  – k  was deleted by somebody', 'Note: k, was deleted by somebody'],
	['', ''],
])('%j is said as %j', (line, said) => {
	expect(spoken(line)).toBe(said);
});
