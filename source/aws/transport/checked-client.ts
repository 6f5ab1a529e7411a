import type {CheckedClient} from '../responses/check-answer.js';
import {type NoteRequest, noteRequests} from './note-requests.js';

/** A client that takes no answer but the API's, and whose requests are noted where somebody wants that; what checks them is loaded with the clients. */
export async function checkedClient<Client extends CheckedClient>(
	client: Client,
	note: NoteRequest | undefined,
): Promise<Client> {
	const {checkAnswers} = await import('../responses/check-answer.js');
	// It makes a text of each request and answer for a logger that nobody has set.
	client.middlewareStack.remove('loggerMiddleware');
	return note ? noteRequests(checkAnswers(client), note) : checkAnswers(client);
}
