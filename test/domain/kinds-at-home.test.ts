import path from 'node:path';
import {expect, test} from 'vitest';
import {deleteObjects} from '../../source/domain/operations/delete-objects.js';
import {allPlannedKinds} from '../../source/domain/operations/registry.js';
import {sourceTexts} from '../support/source-texts.js';

const kinds = [
	...allPlannedKinds().flatMap(({kind, undoKinds}) => [kind, ...Object.keys(undoKinds)]),
	deleteObjects.kind,
];

/** Kinds' names that are no operations: commands of the AWS CLI, which a person may type or a script makes. */
const others: readonly string[] = [
	...['create-bucket', 'create-role', 'put-role-policy', 'put-bucket-policy', 'put-key-policy'].map(
		(command) => `domain/export/aws-cli.ts: '${command}'`,
	),
	"domain/undo/file-notes.ts: 'delete-objects'",
];

test('what others ask of a kind of operation is said by the kind: none is named outside its home', async () => {
	const texts = await sourceTexts(path.resolve(import.meta.dirname, '../../source'));
	const named = [...texts]
		.filter(([file]) => !/^(domain|engine)\/operations\/|^sandbox\//.test(file))
		.flatMap(([file, text]) =>
			[...text.matchAll(new RegExp(`['"\`](?:${kinds.join('|')})['"\`:]`, 'g'))].map(
				([literal]) => `${file}: ${literal}`,
			),
		);
	expect(kinds.length).toBeGreaterThan(13);
	expect(named).toEqual(others);
});

test('and none is told by a part of its name', async () => {
	const texts = await sourceTexts(path.resolve(import.meta.dirname, '../../source'));
	const asking = [...texts].filter(
		([file, text]) =>
			!file.startsWith('sandbox/') && /\bkind[.](?:startsWith|endsWith|includes|split)\(/.test(text),
	);
	expect(asking.map(([file]) => file)).toEqual([]);
});
