/** A line of `npm run bench`; the figure is to be at most the target. */
export type Row = {
	readonly what: string;
	readonly measured: string;
	readonly against: string;
	readonly figure: number;
	readonly target: number;
};
