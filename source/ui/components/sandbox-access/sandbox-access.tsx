import {Box} from 'ink';
import {useTheme} from '../../hooks/use-theme.js';
import {type Glyphs} from '../../theme.js';
import {type Line, plain, quiet} from '../text/line.js';
import {denseShellLines, shellLines} from '../text/shell-lines.js';
import {truncateEnd, wrapText} from '../text/truncate.js';
import {Text} from '../text/text.js';

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

const panelRows = 4;

/** The rows of the panel: with the command where it fits into four and `rows` of them are free, else one. */
export const accessRows = (access: SandboxAccess, columns: number, rows: number): number => {
	const whole = 1 + denseShellLines(copyWords(access), columns).length;
	return whole <= Math.min(panelRows, rows) ? whole : 1;
};

/**
 * The endpoint, and a line that drops a file in from another terminal.
 *
 * @param rows as `accessRows` gives them
 */
export const sandboxPanelLines = (
	access: SandboxAccess,
	{glyphs, columns, rows}: {readonly glyphs: Glyphs; readonly columns: number; readonly rows: number},
): readonly Line[] => {
	const isWhole = rows > 1;
	const hint = isWhole ? 'drop a file in from another terminal:' : 'c drop a file in';
	const head = quiet(truncateEnd(`  sandbox ${access.endpointUrl}   ${hint}`, columns, glyphs.more));
	// From the first column on: what is copied has no blanks before it.
	const words = isWhole ? denseShellLines(copyWords(access), columns) : [];
	return [[head], ...words.map((line) => [plain(line)])];
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
	const text = `Profile ${profile} at ${endpointUrl}. Paste this into another terminal: it copies ${anyFile} to ${bucket}, and the file appears in the list. Put the name of any other file in its place.`;
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
