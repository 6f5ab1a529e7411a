import {bucketOfArn} from '../../domain/arn.js';
import type {Session} from '../../session/session.js';
import type {DiagnosedRule} from '../../session/state/diagnosed-rule.js';
import {valueOf} from '../../session/state/loadable.js';
import {type Asker, backWord} from '../ask/ask-lines.js';
import {whenAgreed} from '../ask/confirm.js';
import type {Host} from '../host/host.js';
import {agreement} from './agreement.js';
import {answered, helpOf} from './question-context.js';

type Talk = {readonly asker: Asker; readonly say: (line: string) => void};

/** What can be done with what was found, in the order in which it is offered. */
const nextSteps = {
	mend: 'shows the plan that mends a rule',
	watch: 'follows what comes into the bucket',
	why: 'says the documents to hand over',
	profile: 'names a profile for a destination that nobody here sees',
	again: 'looks again',
	stop: 'ends the program',
} as const;

type NextStep = keyof typeof nextSteps;

const nextHelp = helpOf(
	'mend shows a plan first, and asks. watch uploads nothing before you type u. Nothing is changed by looking.',
);

/**
 * Tells what is wrong with the rules of the bucket that was chosen, mends and watches them, until somebody stops it. Gives whether the person
 * wants to go back to the questions.
 */
export async function lookAtExisting(host: Host, session: Session, talk: Talk): Promise<boolean> {
	let found = await look(session, talk);
	for (;;) {
		const next = await askNext(found, talk);
		switch (next) {
			case 'mend':
				if (await mend(host, session, found, talk)) found = await look(session, talk);
				break;
			case 'why':
				for (const line of documentLines(found)) talk.say(line);
				break;
			case 'profile':
				if (await nameProfile(session, found, talk)) found = await look(session, talk);
				break;
			case 'again':
				found = await look(session, talk);
				break;
			case 'watch': {
				const enabled = found.filter(({rule}) => rule.Status === 'Enabled');
				const one = await chosen('Which rule takes test files', enabled, ruleName, talk);
				if (!one) break;
				session.chooseWatchedRule(one.rule.ID);
				await session.watchExisting();
				return false;
			}

			default:
				return next === backWord;
		}
	}
}

/** Looks at every rule, and tells of each; what stands in the way is told as well, and then nothing is known. */
async function look(session: Session, {say}: Talk): Promise<readonly DiagnosedRule[]> {
	await session.diagnoseExisting({isTold: true});
	const {diagnosis} = session.getState();
	if (diagnosis.state === 'failed') say(`Failed: ${diagnosis.problem.headline}. ${diagnosis.problem.cause}`);
	return valueOf(diagnosis) ?? [];
}

async function askNext(found: readonly DiagnosedRule[], {asker}: Talk): Promise<NextStep | typeof backWord> {
	const isOffered: Readonly<Partial<Record<NextStep, boolean>>> = {
		mend: found.some((one) => one.mend),
		watch: found.some(({rule}) => rule.Status === 'Enabled'),
		why: documentLines(found).length > 0,
		profile: found.some((one) => one.isDestinationSeen === false),
	};
	const choices = (Object.keys(nextSteps) as NextStep[]).filter((step) => isOffered[step] ?? true);
	const answer = await asker.choose('What next', {
		choices,
		noteOf: (step) => nextSteps[step as NextStep],
		byDefault: choices[0] ?? 'stop',
		help: nextHelp,
	});
	return answered(answer) as NextStep | typeof backWord;
}

/** What goes to whoever can mend it, each document once. */
function documentLines(found: readonly DiagnosedRule[]): readonly string[] {
	const texts = found.flatMap(({causes}) =>
		causes.flatMap(({document}) =>
			document ? [`${document.title}:\n${JSON.stringify(document.value, undefined, 2)}`] : [],
		),
	);
	return [...new Set(texts)].flatMap((text) => text.split('\n'));
}

/** Shows the plan that mends a rule, and applies it after a yes. Gives whether it did. */
async function mend(
	host: Host,
	session: Session,
	found: readonly DiagnosedRule[],
	talk: Talk,
): Promise<boolean> {
	const mendable = found.filter((one) => one.mend);
	const one = await chosen('Which rule is mended', mendable, ruleName, talk);
	if (!one?.mend) return false;
	session.mendRule(one.mend.answers);
	const result = await session.makePlan(one.mend.answers);
	const answer = await agreement(session, result, talk);
	if (answer !== 'yes' || !result.ok) {
		session.back();
		return false;
	}

	const write = async () => void (await session.apply());
	const problem = await whenAgreed(host, session, {isAgreed: true, write});
	if (problem) talk.say(`Failed: ${problem.headline}. ${problem.cause}`);
	return true;
}

/** Which profile sees a destination. Gives whether one was named. */
async function nameProfile(session: Session, found: readonly DiagnosedRule[], talk: Talk): Promise<boolean> {
	const unseen = found.filter((one) => one.isDestinationSeen === false);
	const one = await chosen('Which destination', unseen, destinationName, talk);
	if (!one) return false;
	await session.loadProfiles();
	const {profiles} = session.getState();
	const names = (valueOf(profiles) ?? []).map(({name}) => name);
	const answer = await talk.asker.choose(`Profile of the account of ${destinationName(one)}`, {
		choices: names,
		byDefault: names[0] ?? '',
		help: helpOf('A profile is a name in the AWS config and credentials files. Type its number or its name.'),
	});
	if (answered(answer) === backWord) return false;
	session.useDestinationProfile(answered(answer));
	return true;
}

/** One of some rules, which is asked for where there are several. */
async function chosen(
	question: string,
	rules: readonly DiagnosedRule[],
	nameOf: (one: DiagnosedRule) => string,
	{asker}: Talk,
): Promise<DiagnosedRule | undefined> {
	const [first] = rules;
	if (rules.length <= 1 || !first) return first;
	const answer = await asker.choose(question, {
		choices: [...new Set(rules.map(nameOf))],
		byDefault: nameOf(first),
		help: helpOf('Type its number or its name.'),
	});
	return rules.find((one) => nameOf(one) === answered(answer));
}

function ruleName({rule}: DiagnosedRule): string {
	return rule.ID ?? destinationName({rule});
}

function destinationName({rule}: Pick<DiagnosedRule, 'rule'>): string {
	return bucketOfArn(rule.Destination.Bucket);
}
