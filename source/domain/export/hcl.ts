import {isUnsafe} from '../text/visible-text.js';

/** A name of Terraform's, such as `aws_s3_bucket.source.arn`: written as it is. */
export type Reference = {readonly reference: string};

/** A value that is written as JSON by Terraform itself: `jsonencode({…})`. */
export type JsonValue = {readonly json: unknown};

export type HclValue =
	| string
	| number
	| boolean
	| readonly string[]
	| Readonly<Record<string, string>>
	| Reference
	| JsonValue;

export type Attribute = readonly [name: string, value: HclValue];

export type Block = {
	readonly type: string;
	readonly labels?: readonly string[];
	readonly body: ReadonlyArray<Attribute | Block>;
};

const isBlock = (part: Attribute | Block): part is Block => !Array.isArray(part);

/** A block as `terraform fmt` would leave it: attributes first, their equals signs in one column, blocks after an empty line. */
function blockText({type, labels = [], body}: Block): string {
	const head = [type, ...labels.map(stringText)].join(' ');
	const attributes = body.filter((part): part is Attribute => !isBlock(part));
	const blocks = body.filter(isBlock);
	const lines = [
		...assignments(attributes.map(([name, value]) => [name, valueText(value)])),
		...blocks.flatMap((block, index) => [
			...(index > 0 || attributes.length > 0 ? [''] : []),
			...blockText(block).split('\n'),
		]),
	];
	return lines.length === 0 ? `${head} {}` : [`${head} {`, ...lines.map(indented), '}'].join('\n');
}

/** Several blocks of a file, an empty line between them. */
export function fileText(remarks: readonly string[], blocks: readonly Block[]): string {
	const head = remarks.length === 0 ? [] : [remarks.map((line) => `# ${line}`.trimEnd()).join('\n')];
	return `${[...head, ...blocks.map(blockText)].join('\n\n')}\n`;
}

/**
 * A text in quotes. What begins a template is doubled, as in policies with variables: `$${aws:username}`; what is not seen is escaped.
 * Source: HCL Native Syntax Specification, "Quoted templates".
 */
export function stringText(text: string): string {
	const escaped = [...text].map((character) => {
		const short = shortEscapes.get(character);
		if (short !== undefined) return short;
		return isUnsafe(character) ? codeEscape(character) : character;
	});
	return `"${escaped.join('').replaceAll(/[$%](?=\{)/g, '$&$&')}"`;
}

const shortEscapes: ReadonlyMap<string, string> = new Map([
	['"', String.raw`\"`],
	['\\', '\\\\'],
	['\n', String.raw`\n`],
	['\r', String.raw`\r`],
	['\t', String.raw`\t`],
]);

function codeEscape(character: string): string {
	const hex = (character.codePointAt(0) ?? 0).toString(16);
	return hex.length > 4 ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`;
}

function valueText(value: HclValue): string {
	if (typeof value === 'string') return stringText(value);
	if (typeof value !== 'object') return String(value);
	if ('reference' in value) return (value as Reference).reference;
	if ('json' in value) return `jsonencode(${expressionText(value.json)})`;
	return expressionText(value);
}

/** A value of JSON as an expression of HCL. */
function expressionText(value: unknown): string {
	if (typeof value === 'string') return stringText(value);
	if (typeof value !== 'object' || value === null) return String(value);
	if (Array.isArray(value)) {
		if (value.length === 0) return '[]';
		if (value.length === 1 && typeof value[0] !== 'object') return `[${expressionText(value[0])}]`;
		return ['[', ...value.map((item) => indented(`${expressionText(item)},`)), ']'].join('\n');
	}

	const entries = Object.entries(value).filter(([, item]) => item !== undefined);
	if (entries.length === 0) return '{}';
	const lines = assignments(entries.map(([key, item]) => [keyText(key), expressionText(item)]));
	return ['{', ...lines.map(indented), '}'].join('\n');
}

/** Lines of names and values; the equals signs of neighbours that take a line each stand below one another. */
function assignments(pairs: ReadonlyArray<readonly [name: string, text: string]>): readonly string[] {
	const lines: string[] = [];
	for (let at = 0; at < pairs.length;) {
		const end = pairs.findIndex(([, text], index) => index >= at && text.includes('\n'));
		const single = pairs.slice(at, end === -1 ? undefined : end);
		const width = Math.max(0, ...single.map(([name]) => name.length));
		lines.push(...single.map(([name, text]) => `${name.padEnd(width)} = ${text}`));
		at += single.length;
		const long = end === -1 ? undefined : pairs[end];
		if (!long) break;
		lines.push(...`${long[0]} = ${long[1]}`.split('\n'));
		at += 1;
	}

	return lines;
}

const keyText = (key: string): string => (/^[A-Za-z_][\w-]*$/.test(key) ? key : stringText(key));

const indented = (line: string): string =>
	line
		.split('\n')
		.map((part) => (part === '' ? '' : `  ${part}`))
		.join('\n');
