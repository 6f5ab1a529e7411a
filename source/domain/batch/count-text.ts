/** A number with commas: `1,204,000`. */
export function countText(count: number): string {
	return String(Math.round(count)).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
}
