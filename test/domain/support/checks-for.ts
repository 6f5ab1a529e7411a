import type {ReplicationRequest} from '../../../source/domain/answers/request.js';
import {checksByWay} from '../../../source/domain/checks/all-checks.js';
import type {CheckDefinition} from '../../../source/domain/checks/define-check.js';

/** All checks of a request, those of the way back behind the others. */
export const checksFor = (request: ReplicationRequest): readonly CheckDefinition[] => {
	const {there, back} = checksByWay(request);
	return [...there, ...back];
};
