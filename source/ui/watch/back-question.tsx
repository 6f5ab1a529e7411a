import {Box} from 'ink';
import {Paragraph} from '../components/text/paragraph.js';
import {Text} from '../components/text/text.js';
import {useBody} from '../hooks/use-body.js';
import {useSampled} from '../hooks/use-sampled.js';
import {useSession} from '../hooks/use-session.js';

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
