import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {diagnose} from '../../source/domain/diagnose/diagnose.js';
import {ofMatchingRules} from '../../source/domain/diagnose/of-matching-rules.js';
import {withReplicas} from '../../source/domain/diagnose/diagnosed-object.js';
import {inspectObject} from '../../source/engine/diagnose/inspect-object.js';
import {observeReplication} from '../../source/engine/diagnose/observe-replication.js';
import {seeReplicas} from '../../source/engine/diagnose/see-replicas.js';
import {openSandbox, type OpenSandbox, sourceAccountId} from '../sandbox/support/open-sandbox.js';
import {setUpPair} from '../sandbox/support/replicated-pair.js';
import {sampled} from '../support/sampled.js';
import {openSandboxAws, type OpenedAws} from '../support/sandbox-session.js';
import {until} from '../support/until.js';
import {type ObjectWorld, objectWorlds} from './support/object-worlds.js';

let open: OpenSandbox;
let aws: OpenedAws;
beforeAll(async () => {
	open = await openSandbox({replicationDelayMs: 5});
	aws = await openSandboxAws(open.sandbox);
});
afterAll(async () => {
	await aws.close();
	await open.close();
});

/** All that is said of the version where it is asked about, of rules that take it or of the first that does not. */
async function toldOf(bucket: string, region: string, [key, versionId]: readonly [string, string]) {
	const connections = [await aws.connect('source'), await aws.connect('destination')] as const;
	const [source] = connections;
	const reference = {bucket, region, accountId: sourceAccountId};
	const inspected = await inspectObject(reference, source, {key, versionId}, Date.now());
	const {encryption} = inspected;
	const sourceKeys = encryption?.kind === 'kms' ? [encryption.keyArn ?? ''] : [];
	const observed = await observeReplication(bucket, source, [connections[1]], {region, sourceKeys});
	const connectionOf = async (profile: string) => aws.connect(profile);
	const object = withReplicas(inspected, await seeReplicas(observed, connectionOf, inspected, true));
	const rules = observed.replication?.Rules ?? [];
	const found = rules.map((rule) => ({rule, findings: diagnose(observed, rule, object)}));
	return ofMatchingRules(found).flatMap(({findings}) => findings);
}

/** What the sandbox wrote down of a version; nothing where it did nothing. */
const endOf = async (versionId: string, status: ObjectWorld['status']) =>
	status === 'none'
		? undefined
		: until(() =>
				open.sandbox.replications.find((entry) => entry.versionId === versionId && entry.outcome === status),
			);

const rank = {certain: 0, likely: 1, possible: 2} as const;

describe('an object that does not arrive', () => {
	it.each(sampled('object worlds', objectWorlds))('$broken: $reason ($told)', async (world) => {
		const {setUp, breakIt, write, at, status, reason, failure = reason, certainty = 'certain'} = world;
		const pair = await setUpPair(open, setUp);
		await breakIt?.(open, pair);
		const written = await write(open, pair);
		const entry = await endOf(written[1], status);
		expect(entry?.failureReason).toBe(status === 'FAILED' ? failure : undefined);
		const [bucket, region] =
			at === 'destination' ? [pair.destination, 'us-west-2'] : [pair.source, 'us-east-1'];
		const told = await toldOf(bucket, region, written);
		const [first] = told.toSorted((left, right) => rank[left.certainty] - rank[right.certainty]);
		expect([first?.reason, first?.certainty]).toEqual([reason, reason && certainty]);
	});
});
