/** Thrown where the connection is to break off without an answer. */
export class ConnectionReset extends Error {
	constructor() {
		super('The connection is reset');
		this.name = 'ConnectionReset';
	}
}
