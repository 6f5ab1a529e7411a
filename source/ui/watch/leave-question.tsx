import {Box} from 'ink';
import {useBody} from '../hooks/use-body.js';
import {useSession} from '../hooks/use-session.js';
import {useTheme} from '../hooks/use-theme.js';
import {Paragraph} from '../components/text/paragraph.js';
import {Text} from '../components/text/text.js';

/** Asks whether the test files are to stay; says so while they are removed. */
export const LeaveQuestion = ({isRemoving}: {readonly isRemoving: boolean}) => {
	const {watchView, getState} = useSession();
	const {rows} = useBody();
	const {glyphs, styles} = useTheme();
	const {uploaded} = watchView.objectCounts();
	const ends = watchView.ends;
	const files = uploaded === 1 ? '1 test file' : `${uploaded} test files`;
	const folder = getState().testFileFolder ?? '';
	const places = [
		`s3://${ends?.sourceBucket ?? ''}/${folder}`,
		...(ends?.homes
			? [
					...ends.homes.map((bucket) => `s3://${bucket}/${folder}`),
					`and the replicas in ${ends.destinations.map(({bucket}) => bucket).join(', ')}`,
				]
			: (ends?.destinations ?? []).map(({bucket}) => `and its replicas in ${bucket}`)),
	];
	return (
		<Box flexDirection="column" height={rows} overflow="hidden">
			<Text> </Text>
			<Text {...styles.strong}>
				{isRemoving ? ` Removing ${files}${glyphs.more}` : ` Remove the ${files}?`}
			</Text>
			<Text> </Text>
			{places.map((place) => (
				<Paragraph key={place} text={place} />
			))}
			<Text> </Text>
			<Paragraph
				text="Every version of them is deleted, and nothing else. Kept files stay until undo or somebody removes them."
				role="secondary"
			/>
		</Box>
	);
};
