import {type NormalizedSchema} from '@smithy/core/schema';
import {keptWith} from './operation.js';

type Kind = 'text' | 'number' | 'boolean' | 'http-date' | 'other';

type HeaderMember = {readonly member: string; readonly header: string; readonly kind: Kind};

/** Which members of a structure travel in which headers; all others are left to the SDK. */
type HeaderPlan = {
	readonly byHeader: ReadonlyMap<string, HeaderMember>;
	readonly byMember: ReadonlyMap<string, HeaderMember>;
	/** Members that take all headers of a prefix, as user-defined metadata do. */
	readonly prefixes: readonly {readonly member: string; readonly prefix: string}[];
	/** Members may travel in the body, too. */
	readonly hasBody: boolean;
};

/** Takes a structure, gives its plan; it is made once, and read on every request. */
export const headerPlanOf = keptWith((shape: NormalizedSchema): HeaderPlan => {
	const headers: HeaderMember[] = [];
	const prefixes: {readonly member: string; readonly prefix: string}[] = [];
	let hasBody = false;
	for (const [name, member] of shape.isStructSchema() ? shape.structIterator() : []) {
		const traits = member.getMergedTraits();
		if (traits.httpHeader) {
			headers.push({member: name, header: traits.httpHeader.toLowerCase(), kind: kindOf(member)});
		} else if (traits.httpPrefixHeaders !== undefined) {
			prefixes.push({member: name, prefix: traits.httpPrefixHeaders.toLowerCase()});
		} else if (!traits.httpLabel && traits.httpQuery === undefined && !isStream(member)) {
			hasBody = true;
		}
	}
	return {
		byHeader: new Map(headers.map((member) => [member.header, member])),
		byMember: new Map(headers.map((member) => [member.member, member])),
		prefixes,
		hasBody,
	};
});

/**
 * Takes lower-case headers, gives the members they carry, or undefined where some travel in the body or in a form that
 * is the SDK's to read.
 */
export function readHeaders(
	plan: HeaderPlan,
	headers: Readonly<Record<string, string>>,
): Record<string, unknown> | undefined {
	if (plan.hasBody) return undefined;
	const members: Record<string, unknown> = {};
	for (const header of Object.keys(headers)) {
		const known = plan.byHeader.get(header);
		if (known === undefined) continue;
		const value = headers[header]!;
		if (known.kind === 'text') members[known.member] = value;
		else if (known.kind === 'number') members[known.member] = Number(value);
		else if (known.kind === 'boolean') members[known.member] = value.toLowerCase() === 'true';
		else return undefined;
	}
	return Object.assign(members, readPrefixedHeaders(plan, headers));
}

/** Takes lower-case headers, gives the members that take all of a prefix: whatever name stands behind it. */
export function readPrefixedHeaders(
	{prefixes}: HeaderPlan,
	headers: Readonly<Record<string, string>>,
): Record<string, Record<string, string>> {
	const members: Record<string, Record<string, string>> = {};
	for (const {member, prefix} of prefixes) members[member] = withPrefix(headers, prefix);
	return members;
}

/** Takes members, gives their headers, or undefined where one travels in the body or in a form that is the SDK's. */
export function writeHeaders(plan: HeaderPlan, output: object): Record<string, string> | undefined {
	const headers: Record<string, string> = {};
	const members = output as Readonly<Record<string, unknown>>;
	for (const member of Object.keys(members)) {
		const value = members[member];
		if (value === undefined || value === null) continue;
		const header = plan.byMember.get(member);
		if (header === undefined) {
			const prefixed = plan.prefixes.find((one) => one.member === member);
			if (prefixed === undefined) return undefined;
			for (const [name, text] of Object.entries(value as Record<string, string>)) {
				headers[`${prefixed.prefix}${name}`.toLowerCase()] = text;
			}
		} else if (header.kind === 'other') {
			return undefined;
		} else {
			headers[header.header] =
				header.kind === 'http-date'
					? (value as Date).toUTCString()
					: (value as string | number | boolean).toString();
		}
	}
	return headers;
}

function withPrefix(headers: Readonly<Record<string, string>>, prefix: string): Record<string, string> {
	const found: (readonly [string, string])[] = [];
	for (const header of Object.keys(headers)) {
		if (header.startsWith(prefix)) found.push([header.slice(prefix.length), headers[header]!]);
	}
	return Object.fromEntries(found);
}

function isStream(member: NormalizedSchema): boolean {
	const {httpPayload, streaming} = member.getMergedTraits();
	return Boolean(httpPayload) && (Boolean(streaming) || member.isStreaming());
}

/** Of timestamps only those without a format of their own: in headers they are HTTP dates. */
const plainTimestamp = 4;

function kindOf(member: NormalizedSchema): Kind {
	if (member.getMergedTraits().mediaType !== undefined) return 'other';
	if (member.isStringSchema()) return 'text';
	if (member.getSchema() === 1) return 'number';
	if (member.isBooleanSchema()) return 'boolean';
	return member.getSchema() === plainTimestamp ? 'http-date' : 'other';
}
