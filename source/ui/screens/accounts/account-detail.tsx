import {isOthers} from '../../../domain/answers/others-profile.js';
import {type Problem} from '../../../domain/problem.js';
import {type Profile} from '../../../domain/profile.js';
import {signInTexts} from '../../../domain/sign-in.js';
import {shortIdentity} from '../../../domain/arn.js';
import {type CallerIdentity} from '../../../domain/observed/observed.js';
import {type Loadable, valueOf} from '../../../session/state/loadable.js';
import {Facts} from '../../components/text/facts.js';
import {Paragraph, Pending} from '../../components/text/paragraph.js';
import {ProblemPanel} from '../../components/problems/problem-panel.js';
import {useSessionState} from '../../hooks/use-session.js';
import {useTheme} from '../../hooks/use-theme.js';
import {Text} from '../../components/text/text.js';

type AccountDetailProps = {
	readonly profile: Profile;
	/** What keeps it from being chosen. */
	readonly fault: Problem | undefined;
	/** It was chosen before its check was done. */
	readonly isWaiting: boolean;
	readonly isSandbox: boolean;
};

/** What is known of the highlighted profile: its full ARN, or what is wrong with it. */
export const AccountDetail = ({profile, fault, isWaiting, isSandbox}: AccountDetailProps) => {
	const identity = useSessionState().identities[profile.name];
	const {glyphs} = useTheme();
	if (fault) return <ProblemPanel {...fault} />;
	const left = leftToDo(profile, identity, glyphs.enter);
	if (left !== undefined) return <Paragraph sign={glyphs.todo} signRole="secondary" text={left} />;
	if (identity?.state !== 'ready')
		return <Pending text={`Checking ${profile.name}${isWaiting ? ', then going on' : ''}`} />;
	const note = isSandbox ? [{label: 'Sandbox', text: 'this profile exists in it only'}] : [];
	return (
		<>
			<Text> </Text>
			<Facts facts={[{label: 'Identity', text: identity.value.arn}, ...note]} />
		</>
	);
};

/** What is to be done before a profile is known, or in its place; nothing where it is, or is being checked. */
const leftToDo = (
	{name, signIn, runsProcess}: Profile,
	identity: Loadable<CallerIdentity> | undefined,
	enter: string,
): string | undefined => {
	if (!identity && signIn) return `Needs ${signInTexts(signIn).need}: ${enter} asks for it.`;
	if (!identity && runsProcess)
		return `Its credential_process runs when it is asked: ${enter} chooses it, ^T checks it.`;
	const known = valueOf(identity);
	return known && isOthers(name)
		? `No profile is of account ${known.accountId}. ${enter} goes on: at the end a file tells its owner what to do. Nothing is changed.`
		: undefined;
};

/** The source, above the page that asks for the destination. */
export const PinnedSource = ({profile}: {readonly profile: Profile | undefined}) => {
	const {identities, answers} = useSessionState();
	const name = profile?.name ?? answers.sourceProfile ?? '';
	const identity = valueOf(identities[name]);
	const parts = [
		name,
		identity?.accountId ?? profile?.accountId,
		profile?.region,
		identity && shortIdentity(identity.arn),
	];
	return (
		<Paragraph role="secondary" text={`source  ${parts.filter((part) => part !== undefined).join('  ')}`} />
	);
};
