import type {AnswerName, Answers, EnvironmentKind} from '../../domain/answers/answers.js';
import {answerTable} from '../../domain/answers/answer-table.js';
import {kindFault} from '../../domain/answers/option.js';
import {bucketNameFault} from '../../domain/answers/bucket-name.js';
import type {Mode, Side} from '../../domain/answers/mode.js';
import {type Problem, ProblemError} from '../../domain/problem.js';
import {regionsOfPartition} from '../../domain/region.js';
import {completedAnswers} from '../../session/state/defaults.js';
import {valueOf} from '../../session/state/loadable.js';
import type {Session} from '../../session/session.js';
import type {StepId} from '../../session/state/steps.js';
import {type Asker, backWord} from '../ask/ask-lines.js';
import {type Question, Unanswered} from './ask-in-turn.js';

const choices = {
	environment: ['sandbox', 'aws'] satisfies readonly EnvironmentKind[],
	mode: ['cross-region', 'cross-account'] satisfies readonly Mode[],
};

/** What every question's `?` ends with. */
const manners = 'Enter takes the answer in brackets, back leads to the question before, Ctrl-C stops.';
export const helpOf = (text: string): string => `${text} ${manners}`;

/** Where the run happens. Asked before there is a session, and again by who goes back to it. */
export async function askEnvironment(
	asker: Asker,
	byDefault: EnvironmentKind,
): Promise<EnvironmentKind | undefined> {
	const answer = await asker.choose('Where', {
		choices: choices.environment,
		byDefault,
		help: helpOf(
			'The sandbox runs on this machine, costs nothing and is gone afterwards. aws is your own account.',
		),
	});
	return answer === backWord ? undefined : (answered(answer) as EnvironmentKind);
}

/** All questions up to the plan, in their order; what `given` has answered is not asked. */
export function questionsOf(
	session: Session,
	asker: Asker,
	given: Answers,
	say: (line: string) => void,
): readonly Question[] {
	const defaults = () => completedAnswers(session.getState());
	const taken = new Set<AnswerName>();

	/** A default that was taken follows the answers before it when these change. */
	function record(step: StepId, name: AnswerName, value: string | number, byDefault: string | number): void {
		const {answers} = session.getState();
		const isChanged = answers[name] !== undefined && answers[name] !== value;
		const stale = isChanged ? [...taken].filter((other) => other !== name) : [];
		if (value === byDefault && (answers[name] === undefined || taken.has(name))) taken.add(name);
		else taken.delete(name);
		session.answer(step, {...Object.fromEntries(stale.map((other) => [other, undefined])), [name]: value});
	}

	const environment: Question = {
		isNeeded: () => given.environment === undefined,
		async ask() {
			const before = defaults().environment;
			const kind = await askEnvironment(asker, before);
			if (kind === undefined) return false;
			if (kind === before) return true;
			const rest = ['sourceProfile', 'destinationProfile', ...bucketNames] as const;
			const forgotten = rest
				.filter((name) => given[name] === undefined)
				.map((name) => [name, undefined] as const);
			session.answer('environment', {...Object.fromEntries(forgotten), environment: kind});
			await session.openEnvironment(kind);
			const opened = session.getState().environment;
			if (opened.state === 'failed') throw new ProblemError(opened.problem);
			return true;
		},
	};
	const mode: Question = {
		isNeeded: () => given.mode === undefined,
		async ask() {
			const byDefault = defaults().mode;
			const answer = await asker.choose('Which kind of replication', {
				choices: choices.mode,
				byDefault,
				help: helpOf(
					'cross-region: one account, two regions. cross-account: the replicas belong to another account.',
				),
			});
			if (answered(answer) === backWord) return false;
			record('mode', 'mode', answered(answer), byDefault);
			return true;
		},
	};

	const profile = (side: Side): Question => ({
		isNeeded: () =>
			given[`${side}Profile`] === undefined && (side === 'source' || defaults().mode === 'cross-account'),
		async ask() {
			for (;;) {
				const names = await profileNames(session);
				const byDefault = defaults()[`${side}Profile`];
				const answer = await asker.choose(`Profile of the ${side} bucket`, {
					choices: names,
					byDefault,
					help: helpOf(
						'A profile is a name in the AWS config and credentials files. Type its number or its name.',
					),
				});
				if (answered(answer) === backWord) return false;
				record('accounts', `${side}Profile`, answered(answer), byDefault);
				const problem = await printCaller(session, answered(answer), say);
				if (!problem) return true;
				say(`Failed: ${problem.headline}. ${problem.cause}`);
			}
		},
	});

	const region = (side: Side): Question => ({
		isNeeded: () => given[`${side}Region`] === undefined,
		async ask() {
			const name = `${side}Region` as const;
			const byDefault = defaults()[name];
			const identity = session.getState().identities[profileOf(session, side)];
			const regions = regionsOfPartition((identity && valueOf(identity)?.partition) ?? 'aws');
			const answer = await asker.choose(`Region of the ${side} bucket`, {
				choices: regions.map((one) => one.name),
				isFree: true,
				byDefault,
				help: helpOf('A name such as eu-west-1.'),
			});
			if (answered(answer) === backWord) return false;
			record('buckets', name, answered(answer), byDefault);
			return true;
		},
	});

	const bucket = (side: Side): Question => ({
		isNeeded: () => given[`${side}Bucket`] === undefined,
		async ask() {
			const owner = profileOf(session, side);
			await session.loadBuckets(owner);
			const listed = session.getState().buckets[owner];
			const existing = (listed && valueOf(listed)) ?? [];
			if (listed?.state === 'failed')
				say(`The buckets of ${owner} cannot be listed: ${listed.problem.headline}.`);
			for (;;) {
				const byDefault = defaults()[`${side}Bucket`];
				const answer = await asker.choose(`Name of the ${side} bucket`, {
					choices: existing.map(({name}) => name),
					isFree: true,
					byDefault,
					help: helpOf('The number or the name of a bucket that exists, or a new name: then it is created.'),
				});
				const name = answered(answer);
				if (name === backWord) return false;
				const found = existing.find((one) => one.name === name);
				const fault = found ? undefined : bucketNameFault(name);
				if (fault !== undefined) {
					say(fault);
					continue;
				}

				record('buckets', `${side}Bucket`, name, byDefault);
				if (found && given[`${side}Region`] === undefined && found.region !== defaults()[`${side}Region`]) {
					session.answer('buckets', {[`${side}Region`]: found.region});
					say(`${name} is in ${found.region}.`);
				}

				return true;
			}
		},
	});

	const fileCount: Question = {
		isNeeded: () => given.testFileCount === undefined,
		async ask() {
			for (;;) {
				const byDefault = defaults().testFileCount;
				const answer = answered(
					await asker.ask(
						'How many test files',
						String(byDefault),
						helpOf('They show that objects arrive, and how soon. With 0 nothing is sent.'),
					),
				);
				if (answer === backWord) return false;
				const fault = kindFault('It', answerTable.testFileCount, answer);
				if (fault === undefined) {
					record('options', 'testFileCount', Number(answer), byDefault);
					return true;
				}

				say(fault);
			}
		},
	};
	return [
		environment,
		mode,
		profile('source'),
		profile('destination'),
		region('source'),
		bucket('source'),
		region('destination'),
		bucket('destination'),
		fileCount,
	];
}

const bucketNames = ['sourceRegion', 'sourceBucket', 'destinationRegion', 'destinationBucket'] as const;

/** Takes an answer; throws where nobody gives one any more. */
export function answered<T>(answer: T | undefined): T {
	if (answer === undefined) throw new Unanswered();
	return answer;
}

/** Says who a profile is; gives what keeps that from being known. */
export async function printCaller(
	session: Session,
	name: string,
	say: (line: string) => void,
): Promise<Problem | undefined> {
	await session.checkIdentity(name, session.getState().identities[name]?.state === 'failed');
	const identity = session.getState().identities[name];
	if (identity?.state === 'failed') return identity.problem;
	const caller = identity && valueOf(identity);
	if (caller) say(`${name} is account ${caller.accountId}, ${caller.arn}`);
	return undefined;
}

/** Whose bucket it is: in one account the source's profile has both. */
function profileOf(session: Session, side: Side): string {
	const {mode, sourceProfile, destinationProfile} = completedAnswers(session.getState());
	return side === 'source' || mode === 'cross-region' ? sourceProfile : destinationProfile;
}

async function profileNames(session: Session): Promise<readonly string[]> {
	await session.loadProfiles();
	const {profiles} = session.getState();
	if (profiles.state === 'failed') throw new ProblemError(profiles.problem);
	return (valueOf(profiles) ?? []).map(({name}) => name);
}
