import type {KeyChoices} from '../../../domain/observed/key-choices.js';

/** What the Options screen says of the key: how it is chosen, and why it is on. */
export function keyNote(choices: KeyChoices | undefined, sourceBucket: string, kmsKey = ''): string {
	const how = '^O lists the keys.';
	if (choices?.isSourceEncrypted !== true) return how;
	return kmsKey === ''
		? `${how} ${sourceBucket} encrypts with SSE-KMS by default: without a key nothing is replicated.`
		: `${how} On since ${sourceBucket} encrypts with SSE-KMS by default.`;
}
