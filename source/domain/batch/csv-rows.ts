/** Reads a file of comma-separated values piece by piece. */
type CsvReader = {
	/** Takes the next piece; gives the rows that end in it. */
	readonly push: (text: string) => ReadonlyArray<readonly string[]>;
	/** Gives the last row, where no line break ends it. */
	readonly end: () => ReadonlyArray<readonly string[]>;
};

/**
 * Rows of fields as RFC 4180 writes them: a field in quotes may hold commas, line breaks and doubled quotes. What is outside is taken as it
 * stands. A piece may end anywhere; no more than one row is kept. A library for files or streams of Node would be the larger part of what
 * is read here: these files come in pieces, and the rooms of the domain know no streams.
 */
export function csvReader(): CsvReader {
	let row: string[] = [];
	let field = '';
	let isQuoted = false;
	/** A quote inside quotes was seen: doubled it is one, alone it ends the quoting. */
	let isQuoteOpen = false;

	function endRow(rows: string[][]): void {
		if (row.length > 0 || field !== '') rows.push([...row, field]);
		row = [];
		field = '';
	}

	return {
		push(text) {
			const rows: string[][] = [];
			let from = 0;
			const take = (to: number): void => {
				if (to > from) field += text.slice(from, to);
				from = to + 1;
			};

			for (let index = 0; index < text.length; index++) {
				const character = text.charCodeAt(index);
				if (isQuoted) {
					if (character !== quote) continue;
					take(index);
					isQuoted = false;
					isQuoteOpen = true;
					continue;
				}

				const wasQuote = isQuoteOpen;
				isQuoteOpen = false;
				if (character === quote) {
					take(index);
					if (wasQuote) field += '"';
					isQuoted = true;
				} else if (character === comma) {
					take(index);
					row.push(field);
					field = '';
				} else if (character === lineFeed) {
					take(index);
					endRow(rows);
				} else if (character === carriageReturn) {
					take(index);
				}
			}

			take(text.length);
			return rows;
		},
		end() {
			const rows: string[][] = [];
			endRow(rows);
			return rows;
		},
	};
}

const quote = 0x22;
const comma = 0x2c;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
