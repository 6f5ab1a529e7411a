import type {Reason} from './reason.js';
import type {ReasonCode} from './reason-codes.js';
import {destinationReasons} from './reasons/destination.js';
import {keyReasons} from './reasons/keys.js';
import {objectReasons} from './reasons/object.js';
import {rightsReasons} from './reasons/rights.js';
import {roleReasons} from './reasons/role.js';
import {ruleReasons} from './reasons/rule.js';
import {sourceReasons} from './reasons/source.js';
import {toldReasons} from './reasons/told-only.js';

/** Every reason, an entry each; a new one is its code and an entry in its topic's file. */
export const reasonTable: Readonly<Partial<Record<ReasonCode, Reason>>> = {
	...objectReasons,
	...ruleReasons,
	...sourceReasons,
	...roleReasons,
	...destinationReasons,
	...keyReasons,
	...rightsReasons,
	...toldReasons,
};

/** What a code means, and what mends it, where no more is known: of an event, for one. S3 may have new codes. */
export function reasonOf(code: string): Pick<Reason, 'means' | 'mend'> {
	return (
		(Object.hasOwn(reasonTable, code) ? reasonTable[code as ReasonCode] : undefined) ?? {
			means: `S3 gives the reason ${code}, which this version does not know.`,
			mend: 'Look it up in the S3 User Guide, “Amazon S3 replication failure reasons”.',
		}
	);
}
