import {type Part, type Upload} from '../../world/upload.js';
import {type World} from '../../world/world.js';

/** Keeps a part, in place of an earlier one of the same number (S3 User Guide, mpuoverview). */
export function storePart(world: World, upload: Upload, part: Omit<Part, 'lastModifiedMs'>): Part {
	const replaced = upload.parts.get(part.partNumber);
	if (replaced !== undefined) world.bodies.release(replaced.body);
	const stored = {...part, lastModifiedMs: Math.floor(world.clock.now() / 1000) * 1000};
	upload.parts.set(part.partNumber, stored);
	return stored;
}
