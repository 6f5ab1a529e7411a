import {type ServiceError} from '../wire/service-error.js';
import {type FaultName, type FaultRule} from './fault-rule.js';

/** Thrown where the connection is to break off without an answer. */
export class ConnectionReset extends Error {
	constructor() {
		super('The connection is reset');
		this.name = 'ConnectionReset';
	}
}

/** How a service says what went wrong on its side. */
export type FaultErrors = Readonly<
	Record<'SlowDown' | 'InternalError' | 'RegionDown' | 'ExpiredToken' | 'AccessDenied', () => ServiceError>
>;

/** Throws where the fault keeps the request from having an effect. */
export function throwEarlyFault(rule: FaultRule | undefined, errors: FaultErrors): void {
	if (rule === undefined) return;
	const early: Partial<Record<FaultName, () => Error>> = {
		...errors,
		ResetBeforeEffect: () => new ConnectionReset(),
	};
	const error = early[rule.fault]?.();
	if (error !== undefined) throw error;
}
