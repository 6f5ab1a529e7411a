import {type ServiceError} from '../wire/service-error.js';
import {ConnectionReset} from './connection-reset.js';
import {type FaultName, type FaultRule} from './fault-rule.js';

/** How a service says what went wrong on its side. */
export type FaultErrors = {
	readonly slowDown: () => ServiceError;
	readonly internalError: () => ServiceError;
	readonly unavailable: () => ServiceError;
	readonly expiredToken: () => ServiceError;
	readonly accessDenied: () => ServiceError;
};

/** Throws where the fault keeps the request from having an effect. */
export function throwEarlyFault(fault: FaultRule | undefined, errors: FaultErrors): void {
	if (fault === undefined) return;
	const make = early(errors)[fault.fault];
	if (make !== undefined) throw make();
}

function early(errors: FaultErrors): Partial<Record<FaultName, () => Error>> {
	return {
		SlowDown: errors.slowDown,
		InternalError: errors.internalError,
		RegionDown: errors.unavailable,
		ExpiredToken: errors.expiredToken,
		AccessDenied: errors.accessDenied,
		ResetBeforeEffect: () => new ConnectionReset(),
	};
}
