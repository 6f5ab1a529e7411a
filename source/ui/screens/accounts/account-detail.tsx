import {isOthers} from '../../../domain/answers/others-profile.js';
import {type Problem} from '../../../domain/problem.js';
import {type Profile} from '../../../domain/profile.js';
import {signInTexts} from '../../../domain/sign-in.js';
import {shortIdentity} from '../../../domain/arn.js';
import {valueOf} from '../../../session/state/loadable.js';
import {Facts} from '../../components/text/facts.js';
import {Paragraph} from '../../components/text/paragraph.js';
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
	/** Cells across. */
	readonly width: number;
};

/** What is known of the highlighted profile: its full ARN, or what is wrong with it. */
export const AccountDetail = ({profile, fault, isWaiting, isSandbox, width}: AccountDetailProps) => {
	const identity = useSessionState().identities[profile.name];
	const {glyphs} = useTheme();
	if (fault) return <ProblemPanel {...fault} width={width} />;
	if (!identity && profile.signIn) {
		return (
			<Paragraph
				width={width}
				sign={glyphs.todo}
				signRole="secondary"
				text={`Needs ${signInTexts(profile.signIn).need}: ${glyphs.enter} asks for it.`}
			/>
		);
	}

	if (!identity && profile.runsProcess) {
		return (
			<Paragraph
				width={width}
				sign={glyphs.todo}
				signRole="secondary"
				text={`Its credential_process runs when it is asked: ${glyphs.enter} chooses it, ^T checks it.`}
			/>
		);
	}

	if (identity?.state !== 'ready') {
		return (
			<Paragraph
				width={width}
				sign={glyphs.pending}
				signRole="pending"
				text={isWaiting ? `Checking ${profile.name}, then going on` : `Checking ${profile.name}`}
			/>
		);
	}

	if (isOthers(profile.name)) {
		return (
			<Paragraph
				width={width}
				sign={glyphs.todo}
				signRole="secondary"
				text={`No profile is of account ${identity.value.accountId}. ${glyphs.enter} goes on: at the end a file tells its owner what to do. Nothing is changed.`}
			/>
		);
	}

	const note = isSandbox ? [{label: 'Sandbox', text: 'this profile exists in it only'}] : [];
	return (
		<>
			<Text> </Text>
			<Facts width={width} facts={[{label: 'Identity', text: identity.value.arn}, ...note]} />
		</>
	);
};

/** The source, above the page that asks for the destination. */
export const PinnedSource = ({
	profile,
	width,
}: {
	readonly profile: Profile | undefined;
	readonly width: number;
}) => {
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
		<Paragraph
			width={width}
			role="secondary"
			text={`source  ${parts.filter((part) => part !== undefined).join('  ')}`}
		/>
	);
};
