import {jsonText} from '../text/visible-text.js';
import type {Change} from '../take-back/operation.js';
import {type Operation, operationDetail, operationTitle} from '../operations/registry.js';
import type {Plan} from './plan.js';
import {replicationTitle} from '../answers/mode.js';

const marks: Readonly<Record<Change, string>> = {create: '+', update: '~', keep: '=', delete: '-'};

/** The sign of a change: `+ ~ = -`. */
export function changeMark(change: Change): string {
	return marks[change];
}

/** What is replicated to where: `a (us-east-1) → b (us-west-2)`, and whether it goes back as well. */
export function endsText({source, destination, back}: Plan): string {
	const there = `${source.bucket} (${source.region}) → ${destination.bucket} (${destination.region})`;
	return back ? `${there}, and back` : there;
}

/** One line that says what is replicated to where. */
export function planTitle(plan: Plan): string {
	const {source, destination, title} = plan;
	if (title !== undefined) return title;
	return `${replicationTitle(plan.mode, source.region, destination.region)}: ${endsText(plan)}`;
}

/** How many operations create, change and keep something. */
export function planCounts(plan: Plan): Readonly<Record<Change, number>> {
	const counts = {create: 0, update: 0, keep: 0, delete: 0};
	for (const {change} of plan.operations) counts[change]++;
	return counts;
}

/** Why a two-way set-up goes in no circles. Source: S3 User Guide, "What does Amazon S3 replicate?": replicas of another rule are not replicated. */
export const noLoops = 'S3 does not replicate replicas: nothing goes in circles.';

/** The heads that stand before an operation in the list of a two-way plan: one before each of its two groups. */
export function wayHeads({back, source, destination, operations}: Plan, index: number): readonly string[] {
	if (!back) return [];
	const isBack = operations[index]?.direction === 'back';
	if (index === 0) return [`There, and for both ways: ${source.bucket} → ${destination.bucket}`];
	if (!isBack || operations[index - 1]?.direction === 'back') return [];
	return [`Back: ${destination.bucket} → ${source.bucket}. ${noLoops}`];
}

/** An operation as a line for people: sign, what, target, detail. */
export function operationLine(operation: Operation): string {
	return `${changeMark(operation.change)} ${operationTitle(operation).padEnd(20)}  ${operation.target}  (${operationDetail(operation)})`;
}

/** The value that an operation writes, as people read it. */
export function operationDocument(operation: Operation): string {
	return jsonText(operation.after, 2);
}
