import {type MetadataChange} from '../s3/action.js';
import {type ObjectVersion} from '../world/object-version.js';

/** Of the names only the first is documented (S3 User Guide, replication-metrics-events); the others are guessed. */
const nameOf: Readonly<Record<MetadataChange, string>> = {
	acl: 'OBJECT_PUT_ACL',
	tags: 'OBJECT_PUT_TAGGING',
	retention: 'OBJECT_PUT_RETENTION',
	'legal-hold': 'OBJECT_PUT_LEGAL_HOLD',
};

/** How events name what is copied: the version itself, or the first of its changes. */
export function operationNameOf({data}: ObjectVersion, changes: ReadonlySet<MetadataChange>): string {
	const [change] = changes;
	if (change !== undefined) return nameOf[change];
	return data === undefined ? 'OBJECT_DELETE' : 'OBJECT_PUT';
}
