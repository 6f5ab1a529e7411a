import type {Session} from '../session/session.js';

/** Does something, and gives with its result whether a test file has arrived meanwhile, at any destination. */
export async function arrivesDuring<T>(
	session: Session,
	action: () => Promise<T>,
): Promise<{readonly result: T; readonly hasArrived: boolean}> {
	let hasArrived = false;
	const endListening = session.onEvent(({type}) => {
		if (type === 'object-replicated') hasArrived = true;
	});
	try {
		const result = await action();
		return {result, hasArrived};
	} finally {
		endListening();
	}
}
