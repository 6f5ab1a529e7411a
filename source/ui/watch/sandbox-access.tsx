import {Box} from 'ink';
import {useTheme} from '../hooks/use-theme.js';
import type {Glyphs} from '../theme.js';
import {type Line, quiet} from '../components/text/line.js';
import {shellCommand, shellLines} from './shell-lines.js';
import {truncateEnd, wrapText} from '../components/text/truncate.js';
import {Text} from '../components/text/text.js';
import {valueOf} from '../../session/state/loadable.js';
import type {SessionState} from '../../session/state/session-state.js';
import type {WatchedEnds} from '../../session/watch/watch-view.js';

/** How another terminal reaches the sandbox. */
export type SandboxAccess = {
	readonly endpointUrl: string;
	readonly configFile: string;
	readonly credentialsFile: string;
	readonly profile: string;
	/** The bucket's region, where the profile's own is another one. */
	readonly region?: string;
	readonly bucket: string;
};

/** A file that every system has, so that the line works as it stands. */
const anyFile = '/etc/hosts';

/** The words of a command that drops a file into the source bucket. */
const copyWords = ({
	endpointUrl,
	configFile,
	credentialsFile,
	profile,
	region,
	bucket,
}: SandboxAccess): readonly string[] => [
	`AWS_CONFIG_FILE=${configFile}`,
	`AWS_SHARED_CREDENTIALS_FILE=${credentialsFile}`,
	'aws',
	'--profile',
	profile,
	...(region === undefined ? [] : ['--region', region]),
	'--endpoint-url',
	endpointUrl,
	's3',
	'cp',
	anyFile,
	`s3://${bucket}/`,
];

/** The command that drops a file in from another terminal, in one line. */
export const copyCommand = (access: SandboxAccess): string => shellCommand(copyWords(access));

/** The endpoint, and the keys that drop a file in, from here and from another terminal. */
export const sandboxLine = (
	{endpointUrl}: SandboxAccess,
	{glyphs, columns}: {readonly glyphs: Glyphs; readonly columns: number},
): Line => {
	const keys = 'o upload a file   c aws command';
	const whole = `  sandbox ${endpointUrl}   ${keys}`;
	// The keys matter more: c shows the endpoint, too.
	const text = whole.length <= columns ? whole : `  sandbox   ${keys}`;
	return [quiet(truncateEnd(text, columns, glyphs.more))];
};

/** The same with every word of it, over the whole body. */
export const SandboxHelp = ({
	access,
	columns,
}: {
	readonly access: SandboxAccess;
	readonly columns: number;
}) => {
	const {styles} = useTheme();
	const {endpointUrl, profile, bucket} = access;
	const text = `Profile ${profile} at ${endpointUrl}. Copied, where the terminal allows it (OSC 52); else select it here. Paste it into another terminal: it copies ${anyFile} to ${bucket}. Put the name of any other file in its place.`;
	return (
		<Box flexDirection="column">
			<Text {...styles.strong}> Drop a file in from another terminal</Text>
			{wrapText(text, columns - 2).map((line, index) => (
				<Text key={index} {...styles.secondary} wrap="truncate">
					{` ${line}`}
				</Text>
			))}
			<Text> </Text>
			{shellLines(copyWords(access), columns).map((line, index) => (
				<Text key={index} wrap="truncate">
					{line}
				</Text>
			))}
		</Box>
	);
};

/** How other programs reach the sandbox and the bucket that is watched; nothing on AWS. */
export const sandboxOf = (
	{environment: opening, profiles}: Pick<SessionState, 'environment' | 'profiles'>,
	ends: WatchedEnds | undefined,
): SandboxAccess | undefined => {
	const environment = valueOf(opening);
	if (!environment?.sandboxFiles || environment.endpointUrl === null || !ends) return undefined;
	const {sourceBucket, sourceRegion, sourceProfile} = ends;
	const home = valueOf(profiles)?.find(({name}) => name === sourceProfile)?.region;
	return {
		endpointUrl: environment.endpointUrl,
		...environment.sandboxFiles,
		profile: sourceProfile,
		region: home === sourceRegion ? undefined : sourceRegion,
		bucket: sourceBucket,
	};
};
