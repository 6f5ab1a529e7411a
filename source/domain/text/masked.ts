const secretWord = String.raw`[\w-]*(?:token|password|passwd|passphrase|secret|credential|api-?key|access-?key|private-?key|\bkey)[\w-]*`;

/** What may be shown of the words of somebody else's program: without what stands behind words that name a secret, or looks like one. */
export function masked(text: string): string {
	return (
		text
			.replaceAll(
				new RegExp(`((?:^|[^\\w-])--?${secretWord})(\\s+|=)(?:"[^"]*"|'[^']*'|\\S+)`, 'gi'),
				'$1$2…',
			)
			.replaceAll(new RegExp(`(${secretWord}["']?\\s*[=:]\\s*)(?:"[^"]*"|'[^']*'|[^\\s,;}]+)`, 'gi'), '$1…')
			// Of a signed URL, or of a header: what it signs could be asked for by whoever reads it.
			.replaceAll(/(signature["']?\s*[=:]\s*)[\w%+/=.-]{16,}/gi, '$1…')
			.replaceAll(/\b(Bearer|Basic)\s+\S+/gi, '$1 …')
			.replaceAll(/\b(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{12,}\b/g, '…')
			.replaceAll(/\beyJ[\w-]+\.[\w.-]+/g, '…')
			.replaceAll(/(https?:\/\/[^\s/:@]+):[^\s/@]+@/gi, '$1:…@')
			.replaceAll(/[\w+/=]{32,}/g, (word) => (looksRandom(word) ? '…' : word))
	);
}

/** Keys are, words and names are not: they have hyphens, or one kind of letters. */
function looksRandom(word: string): boolean {
	return [/[a-z]/, /[A-Z]/, /\d/].every((kind) => kind.test(word));
}
