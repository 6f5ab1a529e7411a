import {flags, type Flag} from './flags.js';

const usage: ReadonlyArray<readonly [string, string]> = [
	['s3-replicate', 'the wizard (interactive; needs a terminal)'],
	['s3-replicate plan', 'show what a run would change; changes nothing'],
	['s3-replicate apply', 'do it without questions'],
	['s3-replicate watch', 'upload test files to a bucket and follow them'],
	['s3-replicate undo [RUN]', 'put back what a run changed, remove what it created'],
	['s3-replicate runs', 'the runs recorded on this machine'],
	['s3-replicate sandbox', 'serve the sandbox to other AWS clients until Ctrl-C'],
];

const groups: ReadonlyArray<readonly [Flag['group'], string]> = [
	['answers', "Answers to the wizard's questions"],
	['run', 'The run'],
	['watch', 'The watch'],
	['sandbox', 'The served sandbox'],
	['general', 'General'],
];

/** The help: the specification of the command line, made from the table of flags. */
export function helpText(): string {
	const rows = flags.map((flag) => ({
		flag,
		left: `--${flag.name}${flag.value === undefined ? '' : ` ${flag.value}`}`,
	}));
	const width = 26;
	const lines = [
		'Guided setup of Amazon S3 replication, with live proof that it works.',
		'',
		'Usage',
		...usage.map(([left, right]) => `  ${left.padEnd(width)}${right}`),
	];
	for (const [group, title] of groups) {
		lines.push('', title);
		for (const {flag, left} of rows.filter((row) => row.flag.group === group)) {
			const [first = '', ...rest] = wrapped(flag.description, 80 - width - 2);
			if (left.length >= width) lines.push(`  ${left}`, `  ${''.padEnd(width)}${first}`);
			else lines.push(`  ${left.padEnd(width)}${first}`);
			lines.push(...rest.map((line) => `  ${''.padEnd(width)}${line}`));
		}
	}

	lines.push(
		'',
		'Exit codes',
		'  0  done and, where files were watched, every one is replicated everywhere',
		'  1  failed',
		'  2  wrong usage, or something is missing that was not asked for',
		'  130  cancelled (Ctrl-C, SIGTERM)',
		'',
		'Try it without an AWS account:  s3-replicate apply --sandbox --yes',
	);
	return `${lines.join('\n')}\n`;
}

/** A text cut into lines between words. */
function wrapped(text: string, width: number): readonly string[] {
	const lines: string[] = [];
	for (const word of text.split(' ')) {
		const last = lines.at(-1);
		if (last !== undefined && last.length + 1 + word.length <= width)
			lines[lines.length - 1] = `${last} ${word}`;
		else lines.push(word);
	}

	return lines;
}
