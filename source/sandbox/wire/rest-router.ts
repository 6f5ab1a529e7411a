import {type Operation} from './operation.js';
import {requiredMembersOf} from './shape.js';

type RestTarget = {
	readonly method: string;
	readonly hasBucket: boolean;
	readonly hasKey: boolean;
	readonly query: ReadonlyMap<string, string>;
	readonly headers: Readonly<Record<string, string | undefined>>;
};

type Route = {
	readonly operation: Operation;
	readonly method: string;
	readonly hasBucket: boolean;
	readonly hasKey: boolean;
	/** Parameters that must be there, with their value where it is fixed. */
	readonly query: readonly (readonly [string, string | undefined])[];
	readonly headers: readonly string[];
};

/** Finds the operation that a REST request means; undefined where no operation of the service fits. */
type RestRouter = (target: RestTarget) => Operation | undefined;

/**
 * Takes the operations of S3, gives their router: of the operations whose method, literal query and required members
 * fit, the most specific. The `x-id` of newer SDKs only breaks ties, since other clients do not send it.
 */
export function makeRestRouter(operations: Iterable<Operation>): RestRouter {
	const routes = [...operations]
		.flatMap(routesOf)
		.sort((left, right) => specificityOf(right) - specificityOf(left));
	const groups = new Map<string, Route[]>();
	for (const route of routes) groups.set(groupOf(route), [...(groups.get(groupOf(route)) ?? []), route]);
	return (target) => {
		const fitting = (groups.get(groupOf(target)) ?? []).filter((route) => fits(route, target));
		const best = fitting.filter((route) => specificityOf(route) === specificityOf(fitting[0]!));
		const wanted = target.query.get('x-id');
		return (best.find((route) => route.operation.name === wanted) ?? best[0])?.operation;
	};
}

function routesOf(operation: Operation): readonly Route[] {
	const http = httpTraitOf(operation);
	if (http === undefined) return [];
	const [method, uri] = http;
	const [path, literalQuery = ''] = uri.split('?');
	if (path !== '/' && path !== '/{Key+}') return [];
	const required = requiredMembersOf(operation.input).map((name) =>
		operation.input.getMemberSchema(name).getMergedTraits(),
	);
	return [
		{
			operation,
			method,
			hasBucket: [...operation.input.structIterator()].some(
				([name, member]) => name === 'Bucket' && Boolean(member.getMergedTraits().httpLabel),
			),
			hasKey: path === '/{Key+}',
			query: [
				...[...new URLSearchParams(literalQuery)]
					.filter(([name]) => name !== 'x-id')
					.map(([name, value]) => [name, value === '' ? undefined : value] as const),
				...required.flatMap((traits) => (traits.httpQuery ? [[traits.httpQuery, undefined] as const] : [])),
			],
			headers: required.flatMap((traits) => (traits.httpHeader ? [traits.httpHeader.toLowerCase()] : [])),
		},
	];
}

function httpTraitOf(operation: Operation): readonly [string, string, number] | undefined {
	const {traits} = operation;
	return typeof traits === 'object' ? traits.http : undefined;
}

/** What all operations that can be meant have in common. */
function groupOf({method, hasBucket, hasKey}: Pick<RestTarget, 'method' | 'hasBucket' | 'hasKey'>): string {
	return `${method} ${hasBucket ? 'bucket' : ''} ${hasKey ? 'key' : ''}`;
}

function fits(route: Route, target: RestTarget): boolean {
	return (
		route.query.every(([name, value]) => {
			const given = target.query.get(name);
			return given !== undefined && (value === undefined || value === given);
		}) && route.headers.every((name) => target.headers[name] !== undefined)
	);
}

function specificityOf(route: Route): number {
	return route.query.length + route.headers.length;
}
