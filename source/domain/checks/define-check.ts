import type {ReplicationRequest} from '../answers/request.js';
import type {CheckHead, Verdict} from './check.js';
import type {CheckContext, ReadingName, Readings} from './readings.js';

/** A check, with what it has to be told. It decides as soon as that is there. */
export type CheckDefinition = CheckHead & {
	readonly isNeeded: (request: ReplicationRequest) => boolean;
	readonly needs: readonly ReadingName[];
	readonly decide: (context: CheckContext, readings: Readings) => Verdict;
};

/** Makes a definition that is told what it says it needs, and nothing else. */
export function defineCheck<Name extends ReadingName>({
	isNeeded = () => true,
	...rest
}: CheckHead & {
	/** Always, if it is not said. */
	readonly isNeeded?: (request: ReplicationRequest) => boolean;
	readonly needs: readonly Name[];
	readonly decide: (context: CheckContext, readings: Pick<Readings, Name>) => Verdict;
}): CheckDefinition {
	return {...rest, isNeeded};
}
