import {type StaticStructureSchema} from '@smithy/types';
import {type NormalizedSchema} from '@smithy/core/schema';

/** How many of a structure's members, which come first, are required. */
function requiredCountOf(shape: NormalizedSchema): number {
	return staticShapeOf(shape)?.[6] ?? 0;
}

/** The names of the members that must be there. */
export function requiredMembersOf(shape: NormalizedSchema): readonly string[] {
	return staticShapeOf(shape)?.[4].slice(0, requiredCountOf(shape)) ?? [];
}

/** Gives the same structure under another name, with only the members that are to be kept. */
export function reshape(
	shape: NormalizedSchema,
	options: {readonly name?: string; readonly keeps?: (member: NormalizedSchema) => boolean},
): StaticStructureSchema | 'unit' {
	const original = staticShapeOf(shape);
	if (original === undefined) return 'unit';
	const kept = [...shape.structIterator()].flatMap(([name, member], index) =>
		(options.keeps?.(member) ?? true) ? [{name, schema: original[5][index]!}] : [],
	);
	return [
		original[0],
		original[1],
		options.name ?? original[2],
		original[3],
		kept.map(({name}) => name),
		kept.map(({schema}) => schema),
	];
}

function staticShapeOf(shape: NormalizedSchema): StaticStructureSchema | undefined {
	return shape.isStructSchema() ? (shape.getSchema() as StaticStructureSchema) : undefined;
}
