import {Box} from 'ink';
import {useBody} from '../hooks/use-body.js';
import {useSession} from '../hooks/use-session.js';
import {useTheme} from '../hooks/use-theme.js';
import {Paragraph} from '../components/text/paragraph.js';
import {Text} from '../components/text/text.js';
import {useSampled} from '../hooks/use-sampled.js';

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

/** Asks before files that are on their way are dropped. */
export const BackQuestion = () => {
	const {watchView} = useSession();
	const {rows} = useBody();
	const count = useSampled(watchView.subscribe, () => {
		const {uploading, pending, slow} = watchView.counts(0).objects;
		return uploading + pending + slow;
	});
	const files = count === 1 ? '1 file is' : `${count} files are`;
	return (
		<Box flexDirection="column" height={rows} overflow="hidden">
			<Text> </Text>
			<Paragraph role="strong" text="Leave the watch?" />
			<Text> </Text>
			<Paragraph
				text={
					count === 0
						? 'All files have arrived by now.'
						: `${files} still on the way. Nothing follows them then.`
				}
			/>
			<Paragraph role="secondary" text="What was set up stays. S3 goes on replicating without the watch." />
		</Box>
	);
};
