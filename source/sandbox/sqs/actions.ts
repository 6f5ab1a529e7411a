import {byOperation} from '../wire/operation.js';
import {messageActions} from './message-actions.js';
import {queueActions} from './queue-actions.js';

/** What the sandbox does of SQS; every other operation answers NotImplemented. */
export const sqsActions = byOperation([...messageActions, ...queueActions]);
