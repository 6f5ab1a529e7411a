import {exitCodeOf, type ExitCode} from '../command-line/exit-code.js';
import type {ArgumentsOf} from '../command-line/options.js';
import {sessionSummary} from '../headless/writer.js';
import {createSession} from '../session/session.js';
import {answersOf} from './answers-of.js';
import {writeLines} from './host/door.js';
import type {Host} from './host/host.js';
import {finishAtOnce, refuse, usageProblem} from './run-lines.js';
import {screenOptions} from './host/screen-options.js';
import {paceWords} from './services/sandbox-pace.js';
import {createServices} from './services/services.js';

/** `s3-replicate`: the wizard. The summary stays in the scrollback when it closes. */
export async function wizardCommand(host: Host, given: ArgumentsOf<'wizard'>): Promise<ExitCode> {
	if (given.timeout !== undefined) {
		const fault = '--timeout is for runs without questions: in the wizard you end the watch yourself.';
		return refuse(host, usageProblem([fault]));
	}

	const options = screenOptions(host, given);
	const {runWizard} = await import('../ui/app/run-wizard.js');
	const session = createSession({
		command: 'wizard',
		answers: answersOf(given),
		services: createServices(host.environment, given.endpointUrl, {
			noteRequest: host.noteRequest,
			clock: host.clock,
			pace: given,
		}),
	});
	let endExits = (): void => undefined;
	const writeSummary = (): void => {
		writeLines(host.stdout, sessionSummary(session, true, paceWords(given)));
	};
	try {
		const drawn = runWizard(session, options);
		// After the one that gives the terminal back.
		endExits = host.onExit(() => {
			finishAtOnce(session);
			if (session.getState().run.finished) writeSummary();
		});
		await drawn;
		const outcome = session.finish();
		writeSummary();
		return exitCodeOf(outcome);
	} finally {
		endExits();
		await session.close();
	}
}
