import {expect, onTestFinished, test, vi} from 'vitest';
import {plannedAnswers} from '../../source/session/state/defaults.js';
import {askingSession} from '../support/asking-session.js';
import {openMfaWorld} from '../support/mfa-world.js';
import {until} from '../support/until.js';

const hourMs = 3_600_000;

/** A wizard's session with prod, whose session with AWS has ended whenever something is done. */
async function endingSession() {
	// The machine's own time: the sandbox and the SDK go by it as well.
	vi.useFakeTimers({toFake: ['Date']});
	onTestFinished(() => void vi.useRealTimers());
	const world = await openMfaWorld();
	onTestFinished(() => world.close());
	const {session} = await askingSession({
		answers: {
			environment: 'aws',
			mode: 'cross-region',
			sourceProfile: 'prod',
			sourceRegion: 'us-east-1',
			sourceBucket: 'my-mfa-source',
			destinationRegion: 'us-west-2',
			destinationBucket: 'my-mfa-destination',
		},
		aws: {
			endpointUrl: world.sandbox.endpointUrl,
			configFile: world.configFile,
			credentialsFile: world.credentialsFile,
		},
	});
	await session.openEnvironment('aws');
	await session.loadProfiles();
	/** Longer than a session lasts; the clock alone goes on. */
	const endSession = (): void => void vi.setSystemTime(Date.now() + 2 * hourMs);
	const question = async () => until(() => session.getState().signInQuestion !== undefined);
	return {
		session,
		question,
		endSession,
		/** How many sessions were opened. */
		opened: () => world.sandbox.requests.filter(({operation}) => operation === 'AssumeRole').length,
		/** Ends the session, does something, and gives the one code that it takes. */
		async afterItsEnd<T>(act: () => Promise<T>): Promise<T> {
			endSession();
			const done = act();
			await question();
			expect(session.getState().signInQuestion).toEqual({
				profile: 'prod',
				kind: 'mfa-code',
				serial: world.device.serial,
				isChecking: false,
			});
			session.answerSignIn(world.device.nextCode());
			return done;
		},
	};
}

const oneFile = {staysOpen: false, followsOthers: false, fileCount: 1, fileSizeBytes: 10};

test('a session that ended while the machine slept is asked for anew by check, apply, watch and undo, which go on then', async () => {
	const {session, afterItsEnd, opened} = await endingSession();
	const planned = await afterItsEnd(async () => session.makePlan(plannedAnswers(session.getState())));
	expect(planned.ok).toBe(true);
	expect(await afterItsEnd(async () => session.apply())).toBe(true);
	expect(await afterItsEnd(async () => session.watchPlanned(oneFile))).toBe(true);
	expect(session.watchView.objectCounts()).toMatchObject({uploaded: 1, replicated: 1});
	const undone = await afterItsEnd(async () => session.makeUndoPlan(session.runId));
	expect(undone.ok).toBe(true);
	expect(opened()).toBe(4);
});

test('where no code is given a check says so, a watch ends and says so, both are asked anew when they are tried again, and Ctrl-C takes the question back', async () => {
	const {session, afterItsEnd, endSession, question} = await endingSession();
	const refused = session.makePlan(plannedAnswers(session.getState()));
	await question();
	session.declineSignIn();
	expect(await refused).toMatchObject({ok: false, problems: [{code: 'mfa-code-missing'}]});
	await afterItsEnd(async () => session.makePlan(plannedAnswers(session.getState())));
	await session.apply();

	endSession();
	const watched = session.watchPlanned(oneFile);
	await question();
	session.declineSignIn();
	expect(await watched).toBe(false);
	expect(session.getState()).toMatchObject({
		phase: 'watch-failed',
		watchProblem: {code: 'mfa-code-missing'},
		signInQuestion: undefined,
	});
	expect(await afterItsEnd(async () => session.watchAgain())).toBe(true);
	expect(session.watchView.objectCounts()).toEqual({uploaded: 1, replicated: 1, failed: 0, pending: 0});

	endSession();
	const undone = session.makeUndoPlan(session.runId);
	await question();
	session.interrupt();
	expect(await undone).toMatchObject({ok: false, problem: {kind: 'cancelled'}});
	expect(session.getState().signInQuestion).toBe(undefined);
});
