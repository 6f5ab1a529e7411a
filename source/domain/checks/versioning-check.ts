import type {Side} from '../answers/mode.js';
import {type CheckDefinition, defineCheck} from './define-check.js';
import {ok, unknown, whenRead} from './verdict.js';

/** Whether versioning is on, or is switched on by this run. Source: S3 User Guide, "Requirements and considerations for replication". */
export function versioningCheck(side: Side): CheckDefinition {
	return defineCheck({
		id: `${side}-versioning`,
		title: 'Versioning',
		group: side,
		needs: [`${side}Bucket`],
		decide: (_context, {[`${side}Bucket` as const]: bucket}) =>
			whenRead([bucket], (observed) => {
				if (observed.state === 'foreign') return unknown('the bucket is not of this account', null);
				if (observed.state === 'absent') return ok('enabled once the bucket is created');
				const {versioning} = observed;
				if (versioning === 'Enabled') return ok('Enabled');
				const now = versioning === 'Suspended' ? 'Suspended' : 'never enabled';
				return ok(`${now}: this run enables it, and it can only be suspended again`);
			}),
	});
}
