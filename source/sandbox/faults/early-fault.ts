import {type ServiceError} from '../wire/service-error.js';
import {ConnectionReset} from './connection-reset.js';
import {type FaultName, type FaultRule} from './fault-rule.js';

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
