import {endpointFault} from '../domain/endpoint/endpoint-url.js';
import {othersAccount} from '../domain/answers/others-profile.js';
import {handOverCommandOf} from '../domain/answers/command-line.js';
import {type AnsweringArguments, answersOf} from './answers-of.js';

type UndoArguments = {readonly run?: string; readonly all?: boolean; readonly forget?: boolean};

/** Options that say no or nothing together. */
export function conflicts(
	given: AnsweringArguments & UndoArguments & {readonly planFile?: string; readonly receipt?: string},
): readonly string[] {
	const {sandbox, endpointUrl, run, all, forget, planFile, receipt, destinationProfile} = given;
	const found: string[] = [];
	if (sandbox && endpointUrl !== undefined)
		found.push('--sandbox and --endpoint-url exclude each other: a run happens in one place.');
	if (sandbox && planFile !== undefined)
		found.push('--plan-file outlives a sandbox: it is for a place that stays.');
	if (sandbox && receipt !== undefined)
		found.push('--receipt outlives a sandbox: it is for a place that stays.');
	if (planFile !== undefined && receipt !== undefined)
		found.push('--plan-file and --receipt exclude each other: each says what is set up.');
	const account = typeof destinationProfile === 'string' ? othersAccount(destinationProfile) : undefined;
	if (account !== undefined)
		found.push(
			`--destination-profile names a profile, not an account. Hand over to its owner: ${handOverCommandOf(answersOf(given), account, endpointUrl ?? null)}`,
		);
	const fault = endpointUrl === undefined ? undefined : endpointFault(endpointUrl);
	if (fault !== undefined) found.push(`--endpoint-url cannot be used. ${fault}`);
	if (all && run !== undefined) found.push('--all undoes every run: name one run, or use --all.');
	if (all && forget) found.push('--forget closes one run: name it, without --all.');
	else if (forget && run === undefined)
		found.push('--forget needs the run to close: s3-replicate undo RUN --forget');
	return found;
}
