import {exitCodeOf, type ExitCode} from '../exit-code.js';
import type {FlagValues} from '../flags.js';
import {sessionSummary} from '../headless/writer.js';
import {createSession} from '../session/session.js';
import {answersOf} from './answers-of.js';
import type {Host} from './host.js';
import {refuse, usageProblem} from './run-lines.js';
import {screenOptions} from './screen-options.js';
import {createServices} from './services.js';

/** `s3-replicate`: the wizard. The summary stays in the scrollback when it closes. */
export async function wizardCommand(host: Host, values: FlagValues): Promise<ExitCode> {
	if (values.timeout !== undefined) {
		const fault = '--timeout is for runs without questions: in the wizard you end the watch yourself.';
		return refuse(host, usageProblem([fault]), false);
	}

	const options = screenOptions(host, values);
	const {runWizard} = await import('../ui/run-wizard.js');
	const session = createSession({
		command: 'wizard',
		answers: answersOf(values),
		services: createServices(host.environment, values['endpoint-url'] as string | undefined),
	});
	try {
		await runWizard(session, options);
		const outcome = session.finish();
		for (const line of sessionSummary(session, true)) host.stdout.write(`${line}\n`);
		return exitCodeOf(outcome);
	} finally {
		await session.close();
	}
}
