/** Whether two documents are the same, whatever the order of their members and of their lists: AWS keeps neither. */
export function isSameValue(left: unknown, right: unknown): boolean {
	return canonical(left) === canonical(right);
}

/** Text that is the same for documents that are, whatever the order of their members and of their lists. */
export function canonical(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(canonical).sort().join(',')}]`;
	if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
	const members = Object.entries(value).filter(([, member]) => member !== undefined);
	const texts = members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`);
	return `{${texts.sort().join(',')}}`;
}
