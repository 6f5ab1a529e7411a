import {useCallback, useEffect, useMemo, useRef, useState} from 'react';
import {type Mode, type Side} from '../../../domain/answers/mode.js';
import {hasSignInCommand, type Profile} from '../../../domain/profile.js';
import {accountIdFault, othersProfile} from '../../../domain/answers/others-profile.js';
import {isUnanswered} from '../../../domain/sign-in.js';
import {completedAnswers} from '../../../session/state/defaults.js';
import {valueOf} from '../../../session/state/loadable.js';
import {type SessionState} from '../../../session/state/session-state.js';
import {isOfOneBucket} from '../../../session/state/steps.js';
import {Clip} from '../../components/text/clip.js';
import {FilterList, filterListKeys, type ShownRows} from '../../components/fields/filter-list.js';
import {Frame} from '../../components/frame/frame.js';
import {Paragraph, Pending} from '../../components/text/paragraph.js';
import {ProblemPanel} from '../../components/problems/problem-panel.js';
import {useBody} from '../../hooks/use-body.js';
import {useHoldKeys} from '../../hooks/use-hold-keys.js';
import {type KeyBinding, when} from '../../hooks/use-keys.js';
import {useSession, useSessionState} from '../../hooks/use-session.js';
import {useTheme} from '../../hooks/use-theme.js';
import {useWizardFrame} from '../../components/frame/use-wizard-frame.js';
import {AccountDetail, PinnedSource} from './account-detail.js';
import {accountColumns, accountOf} from './account-columns.js';
import {accountFault} from './account-fault.js';

const keyOf = ({name}: Profile): string => name;
const noProfiles: readonly Profile[] = [];

/** Who only looks at a list is asked for nothing, and starts nothing. */
const isCheckedByItself = ({signIn, runsProcess}: Profile): boolean =>
	signIn === undefined && runsProcess !== true;

/** The profiles that are known: those of the files are, before the default chain has answered. */
const knownProfiles = ({profiles, environment, awsProfiles}: SessionState): readonly Profile[] =>
	valueOf(profiles) ??
	(valueOf(environment)?.kind === 'aws' ? valueOf(awsProfiles) : undefined) ??
	noProfiles;

/**
 * The profile that a page begins at: the one answered, else the default, in the destination another than the source. None that is
 * known to be refused there, as after a change of mode.
 */
const initialProfile = (
	state: SessionState,
	profiles: readonly Profile[],
	side: Side,
): string | undefined => {
	const {answers} = state;
	const {sourceProfile} = completedAnswers(state);
	const mode = modeOf(state);
	const isTaken = (profile: string): boolean =>
		accountFault(state, {mode, side, sourceProfile, profile})?.code === 'same-account' ||
		(side === 'destination' && profile === answers.sourceProfile);
	const answer = side === 'source' ? answers.sourceProfile : answers.destinationProfile;
	if (answer !== undefined && profiles.some(({name}) => name === answer) && !isTaken(answer)) return answer;
	return (profiles.find(({name}) => !isTaken(name)) ?? profiles[0])?.name;
};

/** Of a replication that exists one profile leads to the rest. */
const modeOf = (state: SessionState): Mode =>
	isOfOneBucket(state.errand) ? 'cross-region' : completedAnswers(state).mode;

/** Which profile changes which bucket: one for both in a cross-region replication, two pages across accounts. */
export const AccountsScreen = () => {
	const session = useSession();
	const state = useSessionState();
	const mode = modeOf(state);
	const [focused, setFocused] = useState<string>();
	const [side, setSide] = useState<Side>(() =>
		state.hasComeBack && mode === 'cross-account' ? 'destination' : 'source',
	);
	const back = (): void => {
		if (side === 'destination') setSide('source');
		else session.back();
	};

	const keysOf = (profile: string): readonly KeyBinding[] => [
		{keys: ['ctrl+t'], label: 'check', action: () => void session.checkIdentity(profile, true)},
		...when(canSignIn(state, profile), {
			keys: ['ctrl+l'],
			label: 'sign in',
			action: () => void session.signIn(profile),
		}),
	];
	const bindings: readonly KeyBinding[] = [
		...filterListKeys.filter(({keys}) => keys.length === 0),
		{keys: ['enter'], label: 'choose'},
		...when(side === 'destination' || session.canGoBack(), {
			keys: ['escape'],
			label: 'back',
			action: back,
		}),
		...(focused === undefined ? [] : keysOf(focused)),
		{keys: ['ctrl+r'], label: 'read again', action: () => void session.readProfilesAgain()},
		...filterListKeys.filter(({keys}) => keys.length > 0 && !keys.includes('enter')),
	];
	return (
		<Frame
			{...useWizardFrame()}
			bindings={bindings}
			helpNotes={[
				'A profile says which account is used, and with which credentials. Only profiles in sight are checked. One that needs MFA or runs a program waits for ^T or Enter.',
				'^L offers the command that signs in, and runs it after a yes.',
				'After a login or a change of the files, read again.',
				'No profile of the destination’s account? Type its 12 digits: what its owner must do is written to a file.',
			]}
		>
			<AccountsPage
				key={side}
				side={side}
				onFocus={setFocused}
				onAccept={(profile) => {
					if (mode === 'cross-account' && side === 'source') {
						session.answer('accounts', {sourceProfile: profile});
						setSide('destination');
						return;
					}

					session.answer(
						'accounts',
						side === 'source'
							? {sourceProfile: profile, destinationProfile: undefined}
							: {destinationProfile: profile},
					);
					session.next();
				}}
			/>
		</Frame>
	);
};

/** Whether a command signs in for a profile, as far as its kind or its last check tells. */
const canSignIn = (state: SessionState, name: string): boolean => {
	const identity = state.identities[name];
	if (identity?.state === 'failed' && identity.problem.signIn) return true;
	return hasSignInCommand(knownProfiles(state).find((profile) => profile.name === name)?.kind);
};

type PageProps = {
	readonly side: Side;
	readonly onAccept: (profile: string) => void;
	/** Told of the profile in focus. */
	readonly onFocus: (profile: string | undefined) => void;
};

const AccountsPage = ({side, onAccept, onFocus}: PageProps) => {
	const session = useSession();
	const state = useSessionState();
	const {glyphs} = useTheme();
	const {columns: width, rows} = useBody();
	const {profiles: loadable, identities, environment} = state;
	const mode = modeOf(state);
	const {sourceProfile} = completedAnswers(state);
	const profiles = knownProfiles(state);
	const isLoading = loadable.state === 'idle' || loadable.state === 'loading';
	const [{visible, highlighted}, setShown] = useState<ShownRows<Profile>>({
		visible: [],
		highlighted: undefined,
	});
	const {waitingFor, choose} = useChoose({side, onAccept, highlighted: highlighted?.name});
	useEffect(() => onFocus(highlighted?.name), [onFocus, highlighted?.name]);
	useHoldKeys((isLoading && profiles.length === 0) || waitingFor !== undefined);

	useEffect(() => {
		if (loadable.state === 'idle') void session.loadProfiles();
	}, [session, loadable.state]);
	useEffect(() => {
		// Known by name: after reading again they are other objects. Who only looks at a profile is asked for nothing.
		for (const profile of visible)
			if (!identities[profile.name] && isCheckedByItself(profile))
				void session.checkIdentity(profile.name, false, true);
	}, [session, visible, identities]);

	const columns = useMemo(
		() => accountColumns(profiles, identities, glyphs, width),
		[profiles, identities, glyphs, width],
	);
	const textsOf = useCallback(
		(profile: Profile) => [
			profile.name,
			accountOf(profile, identities),
			profile.region ?? '',
			profile.kind,
			valueOf(identities[profile.name])?.arn ?? '',
		],
		[identities],
	);

	/** An account that is somebody else's, by its id, where no profile is of it. A sandbox is gone before anybody could answer. */
	const isOffered = side === 'destination' && valueOf(environment)?.kind === 'aws';
	const ownFor = useCallback(
		(typed: string): Profile | undefined =>
			!isOffered ||
			accountIdFault(typed) !== undefined ||
			profiles.some((one) => accountOf(one, identities) === typed)
				? undefined
				: {name: othersProfile(typed), kind: 'other owner', accountId: typed},
		[isOffered, profiles, identities],
	);

	if (loadable.state === 'failed') return <ProblemPanel {...loadable.problem} />;
	const isSandbox = valueOf(environment)?.kind === 'sandbox';
	const headRows = side === 'destination' ? 2 : 1;
	const detailRows = Math.min(9, Math.floor(rows / 2));
	const listRows = Math.max(4, Math.min(profiles.length + 3, rows - headRows - detailRows));
	const fault = highlighted && accountFault(state, {mode, side, sourceProfile, profile: highlighted.name});
	return (
		<>
			<Paragraph
				role="strong"
				text={questionOf(isOfOneBucket(state.errand), mode === 'cross-region', side)}
			/>
			{side === 'destination' && <PinnedSource profile={profiles.find(({name}) => name === sourceProfile)} />}
			{profiles.length > 0 ? (
				<FilterList
					items={profiles}
					keyOf={keyOf}
					textsOf={textsOf}
					columns={columns}
					noun="profiles"
					width={width}
					rows={listRows}
					emptyText={
						isOffered
							? 'No profile matches. Esc clears the filter; 12 digits name an account of somebody else.'
							: 'No profile matches. Esc clears the filter.'
					}
					status={isLoading ? 'loading' : ''}
					initialKey={initialProfile(state, profiles, side)}
					ownFor={ownFor}
					onShow={setShown}
					onChoose={({name}) => void choose(name)}
				/>
			) : (
				<NoProfiles isLoading={isLoading} />
			)}
			<Clip rows={profiles.length > 0 ? rows - headRows - listRows : 0}>
				{highlighted && (
					<AccountDetail
						profile={highlighted}
						fault={fault}
						isWaiting={waitingFor === highlighted.name}
						isSandbox={isSandbox}
					/>
				)}
			</Clip>
		</>
	);
};

const questionOf = (isExisting: boolean, isCrossRegion: boolean, side: Side): string =>
	isExisting
		? 'Which profile belongs to the source’s account?'
		: isCrossRegion
			? 'Which profile may change both buckets?'
			: `Which profile may change the ${side} bucket?`;

const NoProfiles = ({isLoading}: {readonly isLoading: boolean}) =>
	isLoading ? (
		<Pending text="Looking for profiles" />
	) : (
		<ProblemPanel
			headline="Cannot find a profile"
			cause="The shared files hold none, and the default chain gives no credentials."
			nextSteps={[
				'Make one, for example with: aws configure sso. Then press ^R.',
				'Or go back to the environment and choose the sandbox: it needs no AWS account.',
			]}
		/>
	);

type ChooseOptions = Omit<PageProps, 'onFocus'> & {readonly highlighted: string | undefined};

/** Chooses a profile once its check has ended well. Moving on in the list, or leaving, takes the choice back. */
const useChoose = ({side, onAccept, highlighted}: ChooseOptions) => {
	const session = useSession();
	const [wanted, setWanted] = useState<string>();
	const latest = useRef<string>(undefined);
	useEffect(
		() => () => {
			latest.current = undefined;
		},
		[],
	);
	const waitingFor = wanted === highlighted ? wanted : undefined;
	const choose = async (profile: string): Promise<void> => {
		latest.current = profile;
		setWanted(profile);
		// The source too: it may be forgotten after reading again, and out of sight here.
		const {sourceProfile: source} = completedAnswers(session.getState());
		await Promise.all(
			[profile, ...(side === 'destination' ? [source] : [])].map(async (name) => {
				const identity = session.getState().identities[name];
				const wasDeclined =
					identity?.state === 'failed' &&
					(isUnanswered(identity.problem) || identity.problem.signIn !== undefined);
				await session.checkIdentity(name, wasDeclined);
			}),
		);
		if (latest.current !== profile) return;
		latest.current = undefined;
		setWanted(undefined);
		const state = session.getState();
		const mode = modeOf(state);
		const {sourceProfile} = completedAnswers(state);
		const isReady = state.identities[profile]?.state === 'ready';
		if (isReady && !accountFault(state, {mode, side, sourceProfile, profile})) onAccept(profile);
	};

	useEffect(() => {
		if (latest.current !== highlighted) latest.current = undefined;
	}, [highlighted]);
	return {waitingFor, choose};
};
