import type {Problem} from '../problem.js';

const flagsBack: Readonly<Record<string, string>> = {
	'--kms-key': '--back-kms-key',
	'--role-arn': '--back-role-arn',
	'--source-bucket': '--destination-bucket',
	'--destination-bucket': '--source-bucket',
	'--source-profile': '--destination-profile',
	'--destination-profile': '--source-profile',
	'--source-region': '--destination-region',
	'--destination-region': '--source-region',
};

/** A problem of the way back, with the options in it that are about that way. */
export function saidOfWayBack(problem: Problem): Problem {
	const said = (text: string): string =>
		text.replace(/--[a-z-]+/g, (flag) => (Object.hasOwn(flagsBack, flag) ? (flagsBack[flag] ?? flag) : flag));
	return {
		...problem,
		headline: said(problem.headline),
		cause: said(problem.cause),
		nextSteps: problem.nextSteps.map(said),
	};
}
