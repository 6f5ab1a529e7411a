import {type Answers, defaultChain} from './answers.js';

const defaultFileSizeBytes = 1024;

/** The command that does the same without questions; what has its default is left out. */
export function applyCommand(answers: Answers, endpointUrl: string | null): string {
	const words = ['s3-replicate', 'apply'];
	const add = (flag: string, value: string | number | undefined): void => {
		if (value === undefined || value === defaultChain) return;
		const word = quoted(String(value));
		// A value that begins like an option has to be tied to its own.
		if (word.startsWith('-')) words.push(`${flag}=${word}`);
		else words.push(flag, word);
	};

	if (answers.environment === 'sandbox') words.push('--sandbox');
	else if (endpointUrl !== null) add('--endpoint-url', endpointUrl);
	add('--mode', answers.mode);
	add('--source-profile', answers.sourceProfile);
	if (answers.mode === 'cross-account' || answers.destinationProfile !== answers.sourceProfile)
		add('--destination-profile', answers.destinationProfile);
	add('--source-bucket', answers.sourceBucket);
	add('--source-region', answers.sourceRegion);
	add('--destination-bucket', answers.destinationBucket);
	add('--destination-region', answers.destinationRegion);
	add('--role-name', answers.roleName);
	add('--role-path', answers.rolePath);
	add('--permissions-boundary', answers.permissionsBoundary);
	if (answers.keepsRole) words.push('--keep-role');
	add('--rule-id', answers.ruleId);
	add('--files', answers.testFileCount);
	if (answers.testFileSizeBytes !== defaultFileSizeBytes) add('--file-size', answers.testFileSizeBytes);
	words.push('--yes');
	return words.join(' ');
}

/** The command that takes a run back where it was made. */
export function undoCommandOf(runId: string, endpointUrl: string | null): string {
	const at = endpointUrl === null ? '' : ` --endpoint-url ${quoted(endpointUrl)}`;
	return `s3-replicate undo ${runId}${at}`;
}

/** A word as a POSIX shell takes it. */
export function quoted(word: string): string {
	return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
