/** A line of `npm run bench`; the figure is to be at most the target. */
export type Row = {
	readonly what: string;
	readonly measured: string;
	readonly against: string;
	readonly figure: number;
	readonly target: number;
};

/** Says what is going on. */
export type Say = (doing: string) => void;

/** A part of the bench: gives each row as soon as it is measured. */
export type Part = (say: Say) => AsyncIterable<Row>;
