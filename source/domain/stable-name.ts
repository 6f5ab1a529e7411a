/**
 * Cuts a name to a limit so that different names stay different and the same name stays the same:
 * what is cut off is replaced by eight hexadecimal digits of its FNV-1a hash.
 */
export function stableName(name: string, limit: number): string {
	if (name.length <= limit) return name;
	return `${name.slice(0, limit - 9)}-${fnv1a(name)}`;
}

function fnv1a(text: string): string {
	let hash = 0x811c9dc5;
	for (let index = 0; index < text.length; index++) {
		hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
	}

	return (hash >>> 0).toString(16).padStart(8, '0');
}
