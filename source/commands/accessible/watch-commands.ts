import {answerTable} from '../../domain/answers/answer-table.js';
import {limits} from '../../domain/limits.js';
import {progressLine} from '../../headless/progress-line.js';
import {accessibleLine} from '../../headless/accessible-line.js';
import type {Session} from '../../session/session.js';
import {failedObjects} from '../../session/watch/watch-view.js';
import {type Asker, openAsker} from '../ask/ask-lines.js';
import {writeLines} from '../host/door.js';
import type {Host} from '../host/host.js';

const maxFailedSaid = 10;

const help = [
	'Type one of these, then Enter.',
	's or status: how far it is.',
	'p: pause, or go on.',
	`u: upload ${limits.moreFiles} more files; u and a number for as many.`,
	'o and a path: upload that file, and follow it.',
	'f: which files have failed, and why.',
	't: send the failed files again, as new versions.',
	'm: write a report, and say where it is.',
	'q: end the watch and say the summary.',
];

type WatchCommands = {
	/** Whoever reads the lines at the moment. */
	readonly askerNow: () => Asker | undefined;
	readonly close: () => void;
};

/**
 * What the keys of the watch's screen do, as lines that are typed while it goes on; each is answered with a line.
 *
 * @param asker reads the lines; where there is none, one is opened for the time of the watch
 */
export function openWatchCommands(host: Host, session: Session, asker?: Asker): WatchCommands {
	const say = (line: string) => writeLines(host.stdout, [accessibleLine(line)]);
	let reader: Asker | undefined;
	let endListening: (() => void) | undefined;
	const start = (): void => {
		if (endListening) return;
		reader = asker ?? openAsker(host);
		endListening = reader.listen((line) => {
			for (const answer of obey(session, line, host.clock.now(), (later) => later.forEach(say))) say(answer);
		});
	};
	const stop = (): void => {
		endListening?.();
		endListening = undefined;
		if (reader !== asker) reader?.close();
		reader = undefined;
	};
	const endEvents = session.onEvent(({type}) => {
		if (type !== 'watch-started') return;
		start();
		say('Type a question mark and Enter to hear what can be done meanwhile.');
	});
	const endChanges = session.subscribe(() => {
		if (session.getState().phase !== 'watching') stop();
	});
	return {
		askerNow: () => reader,
		close() {
			endEvents();
			endChanges();
			stop();
		},
	};
}

/**
 * Does what a line says.
 *
 * @param now milliseconds since 1970
 * @param sayLater takes what is known only after a while
 * @returns what is said to it at once; what an event tells of already is not said twice
 */
export function obey(
	session: Session,
	line: string,
	now: number,
	sayLater: (lines: readonly string[]) => void,
): readonly string[] {
	const {watchView} = session;
	const [command = '', argument] = line.trim().split(/\s+/);
	const failed = failedObjects(watchView);
	switch (command.toLowerCase()) {
		case '':
		case 's':
		case 'status':
			return [progressLine(watchView, session.getState().filesWanted, now)];
		case 'p':
			if (watchView.isPaused) session.resumeWatching();
			else session.pauseWatching();
			return [];
		case 'u': {
			const count = argument === undefined ? limits.moreFiles : Number(argument);
			if (!Number.isInteger(count) || count < 1 || count > answerTable.testFileCount.max)
				return ['Type u, or u and a number such as u 20.'];
			session.uploadMore(count);
			return [`${count} more ${count === 1 ? 'file' : 'files'}.`];
		}

		case 'o': {
			const path = line.trim().slice(command.length).trim();
			if (path === '') return ['Type o and the path of a file, such as o /etc/hosts.'];
			void session
				.uploadFile(path)
				.then((problem) => sayLater(problem ? [`${problem.headline}: ${problem.cause}`] : []));
			return [];
		}

		case 'f': {
			const shown = failed.slice(0, maxFailedSaid);
			const more = failed.length - shown.length;
			return [
				`${failed.length === 0 ? 'No' : failed.length} ${failed.length === 1 ? 'file has' : 'files have'} failed.`,
				...shown.map(({key, problem}) => `  ✗ ${key}  ${problem?.headline ?? 'S3 says FAILED'}`),
				...(more > 0 ? [`${more} more: the report has all of them.`] : []),
			];
		}

		case 't': {
			// Others' files are theirs to send.
			const ours = failed.filter(({isOurs}) => isOurs);
			if (ours.length === 0) return ['No test file has failed.'];
			session.resend(ours.map(({id}) => id));
			return [`${ours.length} ${ours.length === 1 ? 'file is' : 'files are'} sent again.`];
		}

		case 'm':
			void session
				.writeReport()
				.then((result) =>
					sayLater(
						result.ok
							? ['Report written:', ...result.files.map((file) => `  ${file}`)]
							: [`  ✗ ${result.problem.headline}: ${result.problem.cause}`],
					),
				);
			return [];
		case 'q':
			session.stopWatching();
			return ['Ending the watch.'];
		case '?':
		case 'help':
			return help;
		default:
			return [`There is no ${command}. Type a question mark and Enter to hear what can be done.`];
	}
}
