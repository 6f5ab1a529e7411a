import {fileURLToPath} from 'node:url';
import {Language, type Node, Parser} from 'web-tree-sitter';

/** A block as it was written: attributes by their names, blocks in their order. */
export type HclBody = {
	readonly attributes: Readonly<Record<string, unknown>>;
	readonly blocks: readonly HclBlock[];
};
export type HclBlock = HclBody & {readonly type: string; readonly labels: readonly string[]};

let parser: Parser | undefined;

/**
 * Parses a file of Terraform with somebody else's grammar (tree-sitter, Apache-2.0: `@cdktf/hcl2json` is MPL-2.0). Throws where a part of it is
 * no HCL. References come as `{reference: 'aws_s3_bucket.source.arn'}`, `jsonencode` as its value.
 */
export async function parseHcl(text: string): Promise<HclBody> {
	parser ??= await openParser();
	const tree = parser.parse(text);
	if (!tree || tree.rootNode.hasError) throw new Error(`This is no HCL:\n${text}`);
	return bodyOf(tree.rootNode.namedChildren.find((child) => child?.type === 'body'));
}

async function openParser(): Promise<Parser> {
	await Parser.init();
	const grammar = import.meta.resolve('@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-terraform.wasm');
	const opened = new Parser();
	opened.setLanguage(await Language.load(fileURLToPath(grammar)));
	return opened;
}

const childrenOf = (node: Node | null | undefined): readonly Node[] =>
	(node?.namedChildren ?? []).filter((child) => child !== null);

function bodyOf(node: Node | undefined): HclBody {
	const parts = childrenOf(node);
	const named = parts
		.filter(({type}) => type === 'attribute')
		.map((part) => {
			const [name, expression] = childrenOf(part);
			return [name?.text ?? '', valueOf(expression)] as const;
		});
	return {
		attributes: Object.fromEntries(named),
		blocks: parts.filter(({type}) => type === 'block').map(blockOf),
	};
}

function blockOf(node: Node): HclBlock {
	const [type, ...others] = childrenOf(node);
	return {
		type: type?.text ?? '',
		labels: others.filter((part) => part.type === 'string_lit').map(stringOf),
		...bodyOf(others.find((part) => part.type === 'body')),
	};
}

/** What is inside of a string, its escapes undone. Source: HCL Native Syntax Specification, "Quoted templates". */
const stringOf = ({text}: Node): string =>
	(JSON.parse(text.replaceAll(/\\U([\da-f]{8})/gi, codePoint)) as string).replaceAll(/([$%])\1\{/g, '$1{');

const codePoint = (_all: string, hex: string): string => String.fromCodePoint(Number.parseInt(hex, 16));

const readers: Readonly<Record<string, (node: Node) => unknown>> = {
	string_lit: stringOf,
	numeric_lit: ({text}) => Number(text),
	bool_lit: ({text}) => text === 'true',
	tuple: (node) =>
		childrenOf(node)
			.filter(({type}) => type === 'expression')
			.map(valueOf),
	object: (node) =>
		Object.fromEntries(
			childrenOf(node)
				.filter(({type}) => type === 'object_elem')
				.map((element) => {
					const [key, value] = childrenOf(element);
					const name = valueOf(key);
					return [typeof name === 'string' ? name : (key?.text ?? ''), valueOf(value)];
				}),
		),
	function_call: (node) => {
		const [name, given] = childrenOf(node);
		if (name?.text !== 'jsonencode') throw new Error(`The files call ${name?.text}.`);
		return valueOf(childrenOf(given)[0]);
	},
};

function valueOf(node: Node | undefined): unknown {
	const [first, second] = childrenOf(node);
	if (!first || second) return {reference: node?.text};
	const read = readers[first.type];
	if (read) return read(first);
	return first.type === 'variable_expr' ? {reference: node?.text} : valueOf(first);
}
