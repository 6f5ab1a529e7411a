/** Lines, so many spaces further in. */
export function indented(lines: readonly string[], spaces: number): readonly string[] {
	return lines.map((line) => ' '.repeat(spaces) + line);
}
