/** How many delays are in no figure: nobody looked while those files arrived. */
export function leftOutText(count: number): string {
	return `${count} ${count === 1 ? 'delay' : 'delays'} over a pause left out`;
}
