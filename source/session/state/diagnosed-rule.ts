import type {Answers} from '../../domain/answers/answers.js';
import type {Cause} from '../../domain/event.js';
import type {PlannedOperation} from '../../domain/operations/registry.js';
import type {ReplicationRule} from '../../domain/rule/replication-configuration.js';
import type {Finding} from '../../domain/diagnose/finding.js';

/** What mends a rule: the answers that it would be made of, and what their plan changes. */
export type Mend = {readonly answers: Answers; readonly operations: readonly PlannedOperation[]};

/** What was found of one rule. */
export type DiagnosedRule = {
	readonly rule: ReplicationRule;
	readonly findings: readonly Finding[];
	/** The same as it is told, with what mends each. */
	readonly causes: readonly Cause[];
	/** Whether somebody here sees the destination; absent: there is no bucket of this name. */
	readonly isDestinationSeen?: boolean;
	/** Where a plan mends something. */
	readonly mend?: Mend;
};
