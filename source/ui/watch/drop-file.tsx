import {Box} from 'ink';
import {useState} from 'react';
import {limits} from '../../domain/limits.js';
import {type Problem} from '../../domain/problem.js';
import {sizeText} from '../../domain/text/duration-text.js';
import {TextField} from '../components/fields/text-field.js';
import {Paragraph} from '../components/text/paragraph.js';
import {ProblemPanel} from '../components/problems/problem-panel.js';
import {Text} from '../components/text/text.js';
import {useBody} from '../hooks/use-body.js';
import {useHoldKeys} from '../hooks/use-hold-keys.js';
import {useSession} from '../hooks/use-session.js';

/** Asks for the path of a file, and uploads it. */
export const DropFile = ({onDone}: {readonly onDone: () => void}) => {
	const session = useSession();
	const {columns, rows} = useBody();
	const [path, setPath] = useState('');
	const [problem, setProblem] = useState<Problem>();
	const [isLooking, setIsLooking] = useState(false);
	useHoldKeys(isLooking);
	const bucket = session.watchView.ends?.sourceBucket ?? '';
	const upload = async (typed: string): Promise<void> => {
		setIsLooking(true);
		const found = await session.uploadFile(typed);
		setIsLooking(false);
		if (found) setProblem(found);
		else onDone();
	};

	return (
		<Box flexDirection="column" height={rows} overflow="hidden">
			<Text> </Text>
			<Paragraph role="strong" text="Upload a file of yours" />
			<Paragraph
				role="secondary"
				text={`It goes to s3://${bucket}/${session.getState().testFileFolder ?? ''} and is followed to its replica.`}
			/>
			<Text> </Text>
			<TextField
				label="Path"
				value={path}
				defaultValue=""
				emptyText="/etc/hosts"
				mayHaveQuestionMark={() => true}
				width={columns}
				onChange={(text) => {
					setPath(text);
					setProblem(undefined);
				}}
				onSubmit={(text) => void upload(text === '' ? '/etc/hosts' : text)}
			/>
			<Text> </Text>
			{problem ? (
				<ProblemPanel {...problem} />
			) : (
				<Paragraph
					role="secondary"
					text={`Drag a file in here, or type its path. At most ${sizeText(limits.inMemoryBytes)}. It is removed with the test files.`}
				/>
			)}
		</Box>
	);
};
