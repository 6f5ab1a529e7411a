import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {onTestFinished} from 'vitest';
import type {Connection} from '../../source/aws/ports.js';
import {createServices} from '../../source/commands/services/services.js';
import type {Answers} from '../../source/domain/answers/answers.js';
import type {ExportStore} from '../../source/session/report/stores.js';
import {createSession, type Session} from '../../source/session/session.js';
import {steps, type StepId} from '../../source/session/state/steps.js';
import {fastClock} from './fast-clock.js';

/** Walks the session to a step; the steps before it count as passed. */
const walkTo = (session: Session, stepId: StepId): void => {
	const positionOf = (id: StepId): number => steps.findIndex((step) => step.id === id);
	for (let at = positionOf(session.getState().stepId); at < positionOf(stepId); at++) session.next();
};

export type SessionAtStepOptions = {
	readonly answers?: Answers;
	/** Stands between the session and its connections. */
	readonly wrap?: (connection: Connection) => Connection;
	/** How long the sandbox takes to replicate, in milliseconds; hardly at all by default. */
	readonly replicationDelayMs?: number;
	/** Where exports go. */
	readonly exports?: ExportStore;
};

/** A wizard's session on a sandbox of its own, at a step, with nothing of this machine's settings. Closed by itself. */
export const sessionAtStep = async (
	stepId: StepId,
	{
		answers = {},
		wrap = (connection) => connection,
		exports,
		replicationDelayMs = 60,
	}: SessionAtStepOptions = {},
): Promise<Session> => {
	const home = await mkdtemp(join(tmpdir(), 's3-replicate-test-'));
	const services = createServices({HOME: home, AWS_EC2_METADATA_DISABLED: 'true'}, undefined, {
		pace: {replicationDelay: replicationDelayMs},
	});
	const session = createSession({
		command: 'wizard',
		answers: {},
		services: {
			...services,
			clock: fastClock(),
			...(exports ? {exports} : {}),
			async openEnvironment(kind, askPerson) {
				const environment = await services.openEnvironment(kind, askPerson);
				return {...environment, connect: async (profile) => wrap(await environment.connect(profile))};
			},
		},
	});
	onTestFinished(async () => {
		session.interrupt();
		await session.close();
		await rm(home, {recursive: true, force: true});
	});
	session.answer('environment', {environment: 'sandbox'});
	await session.openEnvironment('sandbox');
	await session.loadProfiles();
	session.answer('mode', {mode: 'cross-region', ...answers});
	walkTo(session, stepId);
	return session;
};
