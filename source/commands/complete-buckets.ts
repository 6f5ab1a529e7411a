import {connect} from '../aws/connect.js';
import {configLocation, profilesOf, readSharedConfig} from '../aws/transport/shared-config.js';
import {transportLimits} from '../aws/transport/transport-limits.js';
import {defaultChain} from '../domain/answers/answers.js';
import {systemClock} from './host/system-clock.js';

/** Who presses Tab waits: what is not known by then is not offered. */
const limitMs = 3000;

/** Options whose value is a bucket that exists: whose profile sees it, and which region it is in, where the line says so. */
const sides: Readonly<Record<string, {readonly profiles: readonly string[]; readonly region?: string}>> = {
	'source-bucket': {profiles: ['source-profile'], region: 'source-region'},
	'destination-bucket': {profiles: ['destination-profile', 'source-profile'], region: 'destination-region'},
	'report-bucket': {profiles: ['source-profile']},
};

/**
 * The buckets that an option can name, as the profile, the endpoint and the region on the line see them. Nobody is asked for anything, no
 * `credential_process` is started, and nothing is said of what goes wrong: then there are none.
 *
 * @param before the words on the line before the value
 * @param begun what is typed of the name
 */
export async function bucketsFor(
	flag: string,
	before: readonly string[],
	begun: string,
	environment: NodeJS.ProcessEnv,
): Promise<readonly string[]> {
	const {profiles = [], region: regionFlag} = sides[flag] ?? {};
	if (before.includes('--sandbox')) return [];
	const limit = new AbortController();
	try {
		const config = await readSharedConfig(configLocation(environment));
		const named = profiles.map((one) => valueOf(one, before)).find((one) => one !== undefined);
		const active = named ?? (environment.AWS_PROFILE || 'default');
		const found = profilesOf(config, undefined).find(({name}) => name === active);
		if (found?.signIn !== undefined || found?.runsProcess) return [];
		const {buckets} = connect(named ?? defaultChain, {
			...{config, environment, endpointUrl: valueOf('endpoint-url', before)},
			limits: {...transportLimits, credentialsMs: limitMs},
		});
		const listed = buckets.list(begun === '' ? undefined : begun, limit.signal);
		const isOver = systemClock.wait(limitMs, limit.signal).then(() => []);
		const region = regionFlag === undefined ? undefined : valueOf(regionFlag, before);
		// Whichever is later fails with the signal, and nobody waits for it.
		for (const one of [listed, isOver]) one.catch(() => undefined);
		return (await Promise.race([listed, isOver]))
			.filter((bucket) => region === undefined || bucket.region === region)
			.map(({name}) => name);
	} catch {
		return [];
	} finally {
		limit.abort();
	}
}

/** What an option has on the line; the last counts. */
function valueOf(flag: string, words: readonly string[]): string | undefined {
	const at = words.lastIndexOf(`--${flag}`);
	return at === -1 ? undefined : words[at + 1];
}
