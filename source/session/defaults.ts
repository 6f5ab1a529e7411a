import type {Answers} from '../domain/answers.js';
import type {Profile} from '../domain/profile.js';
import {regionsOfPartition} from '../domain/region.js';
import {defaultRoleName, defaultRuleId} from '../domain/role-name.js';
import {sandboxProfiles, tutorialNames} from '../domain/tutorial.js';
import {valueOf} from './loadable.js';
import type {SessionState} from './session-state.js';

const defaultFileCount = 5;
const defaultFileSizeBytes = 1024;

/** What has a default in any case. */
export type DefaultedAnswers = Required<Omit<Answers, 'rolePath' | 'permissionsBoundary' | 'keepsRole'>>;

/**
 * What Enter accepts where nothing has been answered. Derived anew from what is known: nothing of it is stored,
 * so that a default follows the answers it depends on.
 * In a sandbox the names are the tutorials'. On AWS names are global, so the account id (or a short random part) makes them unique.
 */
export function defaultsOf(state: SessionState): DefaultedAnswers {
	const {answers} = state;
	const isSandbox = answers.environment === 'sandbox';
	const mode = answers.mode ?? 'cross-region';
	const profiles = valueOf(state.profiles) ?? [];
	const first = profileForSource(profiles);
	const sourceProfile = answers.sourceProfile ?? first;
	const other = profiles.find(({name}) => name !== sourceProfile)?.name ?? sourceProfile;
	const destinationProfile = answers.destinationProfile ?? (mode === 'cross-account' ? other : sourceProfile);
	const tutorial = tutorialNames(mode);

	const regionOf = (name: string): string | undefined =>
		profiles.find((profile) => profile.name === name)?.region;
	const suffixOf = (name: string): string => {
		if (isSandbox) return '';
		return `-${valueOf(state.identities[name])?.accountId ?? state.randomSuffix}`;
	};

	const partition = valueOf(state.identities[sourceProfile])?.partition ?? 'aws';
	const there = regionsOfPartition(partition).map(({name}) => name);
	const usual = there.includes(tutorial.sourceRegion) ? tutorial.sourceRegion : there[0];
	const sourceRegion = answers.sourceRegion ?? regionOf(sourceProfile) ?? usual ?? tutorial.sourceRegion;
	const elsewhere = there.includes(tutorial.destinationRegion)
		? [tutorial.destinationRegion, ...there]
		: there;
	const destinationRegion =
		answers.destinationRegion ??
		(mode === 'cross-account' ? regionOf(destinationProfile) : undefined) ??
		elsewhere.find((name) => name !== sourceRegion) ??
		sourceRegion;
	const base =
		mode === 'cross-region'
			? {source: `my-${sourceRegion}`, destination: `my-${destinationRegion}`}
			: {source: tutorial.sourceBucket, destination: tutorial.destinationBucket};
	const sourceBucket = answers.sourceBucket ?? `${base.source}${suffixOf(sourceProfile)}`;
	const plain = `${base.destination}${suffixOf(destinationProfile)}`;
	const twin = `${base.destination}-replica${suffixOf(destinationProfile)}`;
	return {
		environment: (valueOf(state.awsProfiles)?.length ?? 0) > 0 ? 'aws' : 'sandbox',
		mode,
		sourceProfile,
		destinationProfile,
		sourceRegion,
		destinationRegion,
		sourceBucket,
		destinationBucket: answers.destinationBucket ?? (plain === sourceBucket ? twin : plain),
		roleName: defaultRoleName(mode, sourceBucket),
		ruleId: defaultRuleId(mode),
		testFileCount: defaultFileCount,
		testFileSizeBytes: defaultFileSizeBytes,
	};
}

/** The answers with a default in every gap: what a plan is made from in the wizard. */
export function completedAnswers(state: SessionState): Answers & DefaultedAnswers {
	const given = Object.fromEntries(
		Object.entries(state.answers).filter(([, answer]) => answer !== undefined),
	);
	return {...defaultsOf(state), ...given};
}

/**
 * The completed answers as a plan is made from them: a role that nobody named is not named, so that the one that the
 * source's rules use already is kept.
 */
export function plannedAnswers(state: SessionState): Answers {
	const {roleName, ...others} = completedAnswers(state);
	return roleName === defaultsOf(state).roleName ? others : {...others, roleName};
}

/** The first profile; but where there is one called `source`, never the one called `destination`. */
function profileForSource(profiles: readonly Profile[]): string {
	const first = profiles[0]?.name ?? sandboxProfiles.source;
	const hasSource = profiles.some(({name}) => name === sandboxProfiles.source);
	return first === sandboxProfiles.destination && hasSource ? sandboxProfiles.source : first;
}
