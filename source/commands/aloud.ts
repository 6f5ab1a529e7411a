import type {Answers, EnvironmentKind} from '../domain/answers.js';
import {bucketNameFault} from '../domain/bucket-name.js';
import type {Mode} from '../domain/mode.js';
import {changeCount} from '../domain/plan.js';
import {cancelled, joined, type Problem} from '../domain/problem.js';
import {exitCodes, type ExitCode} from '../exit-code.js';
import type {FlagValues} from '../flags.js';
import {completedAnswers, plannedAnswers} from '../session/defaults.js';
import {valueOf} from '../session/loadable.js';
import type {Session} from '../session/session.js';
import {answersOf} from './answers-of.js';
import {applyAndWatch} from './apply.js';
import {type Asker, openAsker} from './ask-lines.js';
import {changesText, warningsOf, whenAgreed} from './confirm.js';
import type {Host} from './host.js';
import {runLines} from './run-lines.js';
import {createServices} from './services.js';

/** Somebody stopped answering. */
class Unanswered extends Error {}

/**
 * The wizard for who has the screen read aloud: the same questions, one line each, then the lines of `apply`. Nothing is
 * drawn over. It asks no more than is needed: path, boundary and file size come from their options.
 */
export async function aloudCommand(host: Host, values: FlagValues): Promise<ExitCode> {
	const asker = openAsker(host);
	const say = (line: string) => host.stdout.write(`${line}\n`);
	try {
		say('Lines only: nothing is drawn over. Enter takes the answer in brackets. Ctrl-C stops safely.');
		const given = answersOf(values);
		const environment = given.environment ?? (await askEnvironment(host, values, asker));
		const mode = given.mode ?? (await askMode(asker));
		const answers: Answers = {...given, environment, mode};
		return await runLines(
			host,
			{
				command: 'wizard',
				values,
				answers,
				showsCommand: true,
				ask: async (question) => asker.ask(question, ''),
			},
			async (session) => {
				try {
					return await walk(host, {...values, files: undefined}, session, asker);
				} catch (error) {
					if (error instanceof Unanswered) return cancelled;
					throw error;
				}
			},
		);
	} catch (error) {
		if (!(error instanceof Unanswered)) throw error;
		say('Cancelled: nothing was changed');
		return exitCodes.cancelled;
	} finally {
		asker.close();
	}
}

function answered<T>(answer: T | undefined): T {
	if (answer === undefined) throw new Unanswered();
	return answer;
}

async function askEnvironment(host: Host, values: FlagValues, asker: Asker): Promise<EnvironmentKind> {
	const services = createServices(host.environment, values['endpoint-url'] as string | undefined);
	const profiles = await services.findProfiles().catch(() => []);
	const choice = await asker.choose('Where', ['sandbox', 'aws'], profiles.length > 0 ? 'aws' : 'sandbox');
	return answered(choice) as EnvironmentKind;
}

async function askMode(asker: Asker): Promise<Mode> {
	const choices: readonly Mode[] = ['cross-region', 'cross-account'];
	return answered(await asker.choose('Which kind of replication', choices, 'cross-region')) as Mode;
}

/** From the accounts to the last question. */
async function walk(
	host: Host,
	values: FlagValues,
	session: Session,
	asker: Asker,
): Promise<Problem | undefined> {
	const problem = (await askAccounts(host, session, asker)) ?? (await askBuckets(host, session, asker));
	if (problem) return problem;
	const result = await session.makePlan(plannedAnswers(session.getState()));
	if (!result.ok) return joined(result.problems);
	const count = changeCount(result.plan);
	if (count > 0) {
		const changes = changesText(count, warningsOf(session));
		const yes = await asker.ask(`Make ${changes}? yes or no`, 'no');
		const answer = answered(yes);
		if (answer.toLowerCase() !== 'yes')
			return {...cancelled, cause: `The answer was “${answer}”, not yes. Nothing was changed.`};
	}

	const {testFileCount, testFileSizeBytes} = completedAnswers(session.getState());
	const wanted = {...values, files: testFileCount, 'file-size': testFileSizeBytes};
	const ended = await whenAgreed(host, session, {
		isAgreed: true,
		count: () => changeCount(session.getState().run.plan ?? result.plan),
		write: async () => applyAndWatch(session, wanted),
	});
	if (!ended) await askForFiles(session, asker);
	return ended;
}

/** The profiles, and who they are. */
async function askAccounts(host: Host, session: Session, asker: Asker): Promise<Problem | undefined> {
	await session.loadProfiles();
	const {profiles} = session.getState();
	if (profiles.state === 'failed') return profiles.problem;
	const names = (valueOf(profiles) ?? []).map(({name}) => name);
	const {mode} = completedAnswers(session.getState());
	const asked = mode === 'cross-account' ? (['source', 'destination'] as const) : (['source'] as const);
	for (const side of asked) {
		const key = `${side}Profile` as const;
		const {answers} = session.getState();
		if (answers[key] === undefined) {
			const byDefault = completedAnswers(session.getState())[key];
			const name = answered(await asker.choose(`Profile of the ${side} bucket`, names, byDefault));
			session.answer('accounts', {[key]: name});
		}

		const name = completedAnswers(session.getState())[key];
		await session.checkIdentity(name);
		const identity = session.getState().identities[name];
		if (identity?.state === 'failed') return identity.problem;
		const caller = valueOf(identity);
		if (caller) host.stdout.write(`${name} is account ${caller.accountId}, ${caller.arn}\n`);
	}

	return undefined;
}

/** Regions, names and how many files; what options have answered is not asked. */
async function askBuckets(host: Host, session: Session, asker: Asker): Promise<undefined> {
	for (const side of ['source', 'destination'] as const) {
		for (const key of [`${side}Region`, `${side}Bucket`] as const) {
			if (session.getState().answers[key] !== undefined) continue;
			const what = key.endsWith('Region') ? `Region of the ${side} bucket` : `Name of the ${side} bucket`;
			for (;;) {
				const value = answered(await asker.ask(what, completedAnswers(session.getState())[key]));
				const fault = key.endsWith('Bucket') ? bucketNameFault(value) : undefined;
				if (fault === undefined) {
					session.answer('buckets', {[key]: value});
					break;
				}

				host.stdout.write(`${fault}\n`);
			}
		}
	}

	const {answers} = session.getState();
	while (session.getState().answers.testFileCount === undefined) {
		const {testFileCount} = completedAnswers({...session.getState(), answers});
		const count = answered(await asker.ask('How many test files', String(testFileCount)));
		if (/^\d{1,6}$/.test(count)) session.answer('options', {testFileCount: Number(count)});
		else host.stdout.write('Type a number, such as 5.\n');
	}

	return undefined;
}

/** Whether test files stay that outlive the program. */
async function askForFiles(session: Session, asker: Asker): Promise<void> {
	const {environment} = session.getState();
	const isEmbedded = valueOf(environment)?.kind === 'sandbox';
	const {uploaded} = session.watchView.objectCounts();
	if (isEmbedded || uploaded === 0) return;
	const answer = await asker.ask(`Remove the ${uploaded} test files and their replicas? yes or no`, 'no');
	if (answer?.toLowerCase() === 'yes') await session.cleanUpWatched();
}
