import {sides} from '../../source/domain/answers/mode.js';
import {possibleActions} from '../../source/domain/checks/needed-permissions.js';
import {allPlannedKinds} from '../../source/domain/operations/registry.js';
import {crossAccount} from '../domain/support/plan-values.js';

const allow = (sid: string, action: string | readonly string[]) => ({
	Sid: sid,
	Effect: 'Allow',
	Action: action,
	Resource: '*',
});

const unique = (actions: readonly string[]): readonly string[] => [...new Set(actions)];

/** What a run needs and what its undo needs, as the kinds of operations say it; across accounts, where most is needed. */
export function neededPolicy() {
	const possible = sides.map((side) => possibleActions(side, crossAccount));
	const setup = unique([
		// Whose a name is, found out for every bucket before anything is planned.
		's3:ListAllMyBuckets',
		's3:ListBucket',
		...possible.flatMap(({bucket}) => bucket),
		...possible.flatMap(({role}) => role),
	]);
	const withKey = {...crossAccount, rule: {...crossAccount.rule, kmsKey: 'alias/replicas'}};
	const keys = sides.flatMap((side) => possibleActions(side, withKey).key);
	const kinds = allPlannedKinds();
	const isOfReasons = ({mayBeAt}: (typeof kinds)[number]): boolean =>
		!sides.some((side) => mayBeAt(side, crossAccount.mode));
	const reasons = kinds.filter(isOfReasons).flatMap(({needs, undoNeeds}) => [needs, undoNeeds]);
	const undo = kinds.filter((kind) => !isOfReasons(kind)).map(({undoNeeds}) => undoNeeds);
	return [
		allow(
			'Setup',
			setup.filter((action) => action !== 'iam:PassRole'),
		),
		allow('PassTheRoleToS3', 'iam:PassRole'),
		// The key of the source's objects is that of its default encryption.
		allow('KeysOfKms', ['s3:GetEncryptionConfiguration', ...unique(keys)]),
		// A destination bucket that is created with Object Lock.
		allow(
			'ObjectLock',
			possibleActions('destination', {...crossAccount, objectLock: true}).bucket.filter(
				(action) => !setup.includes(action),
			),
		),
		allow('TestFiles', unique(possible.flatMap(({objects}) => objects))),
		allow(
			'Undo',
			unique([...undo.flatMap(({bucket = []}) => bucket), ...undo.flatMap(({role = []}) => role)]).filter(
				(action) => !setup.includes(action),
			),
		),
		allow(
			'FailureEvents',
			unique([
				...reasons.flatMap(({bucket = []}) => bucket),
				...reasons.flatMap(({queue = []}) => queue),
				// What reading the queue takes besides.
				'sqs:ReceiveMessage',
				'sqs:DeleteMessage',
				// What a watch of rules with metrics reads, too.
				'cloudwatch:GetMetricData',
			]),
		),
		allow('ExistingObjects', [
			...unique(reasons.flatMap(({job = []}) => job)),
			// What reading its report takes, before it is deleted, too.
			's3:GetObject',
		]),
	];
}
