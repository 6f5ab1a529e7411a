import {requestFrom} from '../../../domain/answers/request.js';
import {adoptRule} from '../../../domain/diagnose/adopt-rule.js';
import type {Mend} from '../../state/diagnosed-rule.js';
import type {ObservedReplication} from '../../../domain/observed/observed-replication.js';
import {makePlan} from '../../../domain/plan/make-plan.js';
import {problemFrom} from '../../../domain/problem.js';
import type {ReplicationRule} from '../../../domain/rule/replication-configuration.js';
import {observe} from '../../../engine/observe/observe.js';
import type {RunContext} from './run-context.js';

/**
 * The operations that mend a rule: those of its plan that are not kept; nothing where there are none, where no plan can be made, and where
 * what the plan needs may not be read. Reads only.
 *
 * @param reasons what is to be mended
 */
export async function mendOf(
	{connect, signal}: Pick<RunContext, 'connect' | 'signal'>,
	observed: ObservedReplication,
	rule: ReplicationRule,
	reasons: readonly string[],
): Promise<Mend | undefined> {
	const answers = adoptRule(observed, rule, reasons);
	const asked = answers && requestFrom(answers);
	if (!answers || !asked?.ok) return undefined;
	const {source, destination} = asked.request;
	try {
		const connections = await connect(source.profile, destination.profile);
		const planned = makePlan(asked.request, await observe(asked.request, connections, signal));
		if (!planned.ok) return undefined;
		const operations = planned.plan.operations.filter(({change}) => change !== 'keep');
		return operations.length === 0 ? undefined : {answers, operations};
	} catch (error) {
		if (signal.aborted || problemFrom(error).kind === 'bug') throw error;
		return undefined;
	}
}
