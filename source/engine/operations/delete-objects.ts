import type {DeleteObjects} from '../../domain/operations/delete-objects.js';
import {deleteOwnFiles} from '../clean-up/delete-own-files.js';
import type {UndoContext} from '../undo/undo-context.js';
import {targetOf} from '../connections.js';

/** Deletes the run's test files in one bucket. */
export async function deleteObjects(operation: DeleteObjects, context: UndoContext): Promise<void> {
	const {connection, files} = context;
	for (const own of files) await deleteOwnFiles(connection.objects, targetOf(operation), own, context);
}
