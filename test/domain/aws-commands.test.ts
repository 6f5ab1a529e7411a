import path from 'node:path';
import {expect, test} from 'vitest';
import {sourceTexts} from '../support/source-texts.js';

/** A command of the AWS CLI, as far as its line of source tells. */
const command =
	/(?<![\w./-])aws (?:s3api|s3control|s3|kms|iam|sts|sqs|sso|login|configure)\b(?! [A-Z(])[^`'"]*/g;

/** What names the profile in it: written out, the session of its sign-in, or what puts the option there. */
const namesProfile =
	/--profile|--sso-session|\$\{(?:profileOption|cliOption|sourceOption|profile|key)\b|^aws configure sso\b/;

const isComment = (line: string): boolean => /^\s*(?:\/\/|\/?\*)/.test(line);

test('every command of the AWS CLI that is shown to somebody names its profile', async () => {
	const texts = await sourceTexts(path.resolve(import.meta.dirname, '../../source'));
	const shown = [...texts]
		// The sandbox reads such commands, and exports are scripts whose calls are replayed.
		.filter(([file]) => !/^sandbox\/|^domain\/export\//.test(file))
		.flatMap(([file, text]) =>
			text
				.split('\n')
				.flatMap((line, index) =>
					isComment(line)
						? []
						: [...line.matchAll(command)].map(([found]) => ({found, where: `${file}:${index + 1}`})),
				),
		);
	expect(shown.length).toBeGreaterThan(9);
	expect(shown.filter(({found}) => !namesProfile.test(found))).toEqual([]);
});
