/** What services say of a member that breaks a rule of its own (recorded of KMS: test_plaintext_size_for_encrypt). */
export function constraintMessage(member: string, rule: string, value?: string): string {
	const subject = value === undefined ? 'Value' : `Value '${value}'`;
	return `1 validation error detected: ${subject} at '${member}' failed to satisfy constraint: Member must ${rule}`;
}

/** The rule that a number breaks, or the length of a text; undefined where it is within its bounds. */
export function rangeRule(
	number: number,
	min: number,
	max: number,
	noun: 'value' | 'length' = 'value',
): string | undefined {
	if (number >= min && number <= max) return undefined;
	return number < min
		? `have ${noun} greater than or equal to ${min}`
		: `have ${noun} less than or equal to ${max}`;
}
