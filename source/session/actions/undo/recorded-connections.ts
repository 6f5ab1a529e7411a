import {endpointsByProfile, endpointsText} from '../../../domain/endpoint/service-endpoints.js';
import {fixable, type Problem, ProblemError} from '../../../domain/problem.js';
import type {RunRecord} from '../../../domain/record/run-record.js';
import {nothingFoundHere} from '../../../engine/undo/nothing-found.js';
import type {ConnectionOf} from '../../../engine/undo/observe-undo.js';
import type {RunContext} from '../core/run-context.js';

/**
 * The connections of all profiles of a record, each of the account that the run was made in.
 * Throws the problem of a profile that is not there, or that is of another account.
 */
export async function recordedConnections(
	{core, signal}: Pick<RunContext, 'core' | 'signal'>,
	record: RunRecord,
): Promise<ConnectionOf> {
	const {environment} = core;
	if (!environment) throw new Error('No environment is open.');
	core.signIn.begin();
	const accounts = new Map<string, string>();
	for (const step of record.steps) {
		if (step.kind === 'operation') accounts.set(step.profile, step.operation.account);
		else for (const {profile, accountId} of step.ends) accounts.set(profile, accountId);
	}

	const connections = new Map<string, ReturnType<ConnectionOf>>();
	await Promise.all(
		[...accounts].map(async ([profile, accountId]) => {
			const connection = await environment.connect(profile);
			connections.set(profile, connection);
			const caller = await callerOf(record.header.runId, connection, signal);
			if (caller.accountId !== accountId) {
				throw new ProblemError(anotherAccount(record.header.runId, profile, accountId, caller.accountId));
			}
		}),
	);
	return (profile) => connections.get(profile) as ReturnType<ConnectionOf>;
}

/** Who the caller is. A place that does not know the key has never heard of the account. */
async function callerOf(runId: string, connection: ReturnType<ConnectionOf>, signal: AbortSignal) {
	try {
		return await connection.identity.getCaller(signal);
	} catch (error) {
		const {endpoints, profile} = connection;
		const isUnknown = error instanceof ProblemError && unknownCallerCodes.has(error.problem.code);
		if (!isUnknown || (endpoints.s3 === null && endpoints.sts === null)) throw error;
		const place = endpointsText([{profile, ...endpoints}]);
		const cause = `The key of the profile ${profile} is not one of an account there: ${error.problem.headline}.`;
		throw new ProblemError(nothingFoundHere(runId, place, cause));
	}
}

/** The problems of a key that a place has never heard of, or knows as another one's: there the account of the run is missing. */
const unknownCallerCodes: ReadonlySet<string> = new Set(['unknown-access-key', 'wrong-secret']);

/** Where the calls of a record's profiles go. */
export function recordedEndpoints({steps}: RunRecord, connectionOf: ConnectionOf) {
	const profiles = steps.flatMap((step) =>
		step.kind === 'operation' ? [step.profile] : step.ends.map(({profile}) => profile),
	);
	return endpointsByProfile(profiles.map(connectionOf));
}

function anotherAccount(runId: string, profile: string, recorded: string, now: string): Problem {
	return fixable(
		'another-account',
		`Cannot undo run ${runId} with profile ${profile}: other account`,
		`The run was made in the account ${recorded}; the profile ${profile} is of the account ${now}. Nothing was changed.`,
		[`Choose a profile of ${recorded}: --source-profile NAME or --destination-profile NAME.`],
	);
}
