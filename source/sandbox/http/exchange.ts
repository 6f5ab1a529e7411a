import {type IncomingMessage} from 'node:http';
import {type FaultRule, type FaultSubject} from '../faults/fault-rule.js';
import {type Authorization, type SignatureFault} from './authorization.js';
import {type WireRequest} from './wire-request.js';

/** One request on its way through a service. The service notes here what the log is to say of it. */
export type Exchange = {
	readonly request: WireRequest;
	readonly message: IncomingMessage;
	readonly authorization: Authorization | undefined;
	/** Where there is a signature that cannot be read. */
	readonly signatureFault: SignatureFault | undefined;
	/** The region of the endpoint that was called: the one the signature names. */
	readonly region: string;
	readonly requestId: string;
	readonly log: {operation: string; target: string | undefined; accountId: string | undefined};
	/** Asks whether the request meets a fault on purpose; what concerns the answer alone is left to the server. */
	readonly meetFault: (
		subject: Pick<FaultSubject, 'operation' | 'accountId' | 'bucket'>,
	) => FaultRule | undefined;
};

/** A body that is not in memory. */
export type StreamedBody = {
	readonly sizeBytes: number;
	/** Gives at most so many bytes of it. */
	readonly read: (maxBytes: number) => AsyncIterable<Buffer>;
	/** Lets go of it; called once, whether it was read or not. */
	readonly close: () => void;
};

export type HttpReply = {
	readonly status: number;
	/** The server adds those that every answer has. */
	readonly headers: Record<string, string>;
	readonly body: Buffer | StreamedBody;
	readonly errorCode?: string;
};
