import {XmlShapeDeserializer} from '@aws-sdk/core/protocols';
import {type NormalizedSchema} from '@smithy/core/schema';
import {enumValues} from './enum-values.js';
import {requiredMembersOf} from './shape.js';

type Tree = string | number | boolean | {readonly [name: string]: Tree} | readonly Tree[];

const parser = new XmlShapeDeserializer({
	xmlNamespace: undefined,
	timestampFormat: {useTrait: true, default: 5},
	httpBindings: true,
	serviceNamespace: '',
} as never) as unknown as {parseXml: (text: string) => Tree};

/**
 * Says whether a request body fits its schema: root element, known elements, required ones, values of enumerations,
 * numbers and lists. S3 answers MalformedXML to what does not.
 */
export function isValidXml(text: string, root: string, shape: NormalizedSchema): boolean {
	if (rootElementOf(text) !== root) return false;
	try {
		return isValidTree(parser.parseXml(text), shape);
	} catch {
		return false;
	}
}

function rootElementOf(text: string): string | undefined {
	return /^\uFEFF?\s*(?:<\?[\s\S]*?\?>\s*|<!--[\s\S]*?-->\s*)*<([\w.-]+)/.exec(text)?.[1];
}

function isValidTree(tree: Tree | undefined, shape: NormalizedSchema): boolean {
	if (shape.isStructSchema()) return isValidStructure(tree, shape);
	if (shape.isListSchema()) return isValidList(tree, shape);
	if (tree === undefined || typeof tree === 'object') return false;
	if (shape.isNumericSchema()) return /^-?\d+(\.\d+)?$/.test(String(tree).trim());
	if (shape.isBooleanSchema()) return /^(true|false|1|0)$/i.test(String(tree).trim());
	return true;
}

function isValidStructure(tree: Tree | undefined, shape: NormalizedSchema): boolean {
	if (isList(tree)) return false;
	const elements: Readonly<Record<string, Tree>> = isElements(tree) ? tree : {};
	if (!isElements(tree) && !isEmpty(tree)) return false;
	const members = new Map(
		[...shape.structIterator()].map(([name, member]) => [
			member.getMemberTraits().xmlName ?? name,
			{name, member},
		]),
	);
	const required = new Set(requiredMembersOf(shape));
	return (
		Object.entries(elements).every(([element, value]) => {
			if (isAttribute(element)) return true;
			const known = members.get(element);
			if (known === undefined) return false;
			const allowed = enumValues[`${shape.getName()}.${element}`];
			return (
				isValidTree(value, known.member) &&
				(allowed === undefined || (typeof value !== 'object' && allowed.includes(String(value))))
			);
		}) && [...members].every(([element, {name}]) => !required.has(name) || element in elements)
	);
}

function isValidList(tree: Tree | undefined, shape: NormalizedSchema): boolean {
	const item = shape.getValueSchema();
	const itemsOf = (value: Tree | undefined): readonly Tree[] =>
		value === undefined ? [] : isList(value) ? value : [value];
	if (shape.getMergedTraits().xmlFlattened) return itemsOf(tree).every((value) => isValidTree(value, item));
	if (!isElements(tree)) return isEmpty(tree);
	const itemName = item.getMergedTraits().xmlName ?? 'member';
	return Object.entries(tree).every(
		([element, value]) =>
			isAttribute(element) || (element === itemName && itemsOf(value).every((one) => isValidTree(one, item))),
	);
}

function isElements(tree: Tree | undefined): tree is {readonly [name: string]: Tree} {
	return typeof tree === 'object' && !isList(tree);
}

function isList(tree: Tree | undefined): tree is readonly Tree[] {
	return Array.isArray(tree);
}

function isEmpty(tree: Tree | undefined): boolean {
	return tree === undefined || (typeof tree !== 'object' && String(tree).trim() === '');
}

/** The parser mixes attributes and namespaces with the elements, and so does it the text between them. */
function isAttribute(element: string): boolean {
	return element === 'xmlns' || element.includes(':') || element === '#text';
}
