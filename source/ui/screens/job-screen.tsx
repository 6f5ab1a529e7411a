import {Box} from 'ink';
import {useState} from 'react';
import {countText} from '../../domain/batch/count-text.js';
import {rateText} from '../../domain/batch/batch-text.js';
import {problemFrom} from '../../domain/problem.js';
import {durationText} from '../../domain/text/duration-text.js';
import type {BatchState} from '../../session/state/batch-state.js';
import {Frame} from '../components/frame/frame.js';
import {type Fact, Facts} from '../components/text/facts.js';
import {Paragraph} from '../components/text/paragraph.js';
import {usePlainStreamKey} from '../components/text/plain-stream.js';
import {ProgressBar} from '../components/text/progress-bar.js';
import {Text} from '../components/text/text.js';
import {useBody} from '../hooks/use-body.js';
import {useSession, useSessionValues} from '../hooks/use-session.js';
import {useTheme} from '../hooks/use-theme.js';

/** A job that goes on at AWS: how far it is, and how it is cancelled or left. */
export const JobScreen = () => {
	const session = useSession();
	const stream = usePlainStreamKey();
	const [isAsking, setIsAsking] = useState(false);
	const [trouble, setTrouble] = useState('');
	const {batch} = useSessionValues(({run}) => ({batch: run.batch}));
	const cancel = (): void => {
		setIsAsking(false);
		session.cancelJob().catch((error: unknown) => {
			setTrouble(problemFrom(error).headline);
		});
	};
	return (
		<Frame
			title="Job"
			context={batch?.job?.sourceBucket ?? ''}
			bindings={
				isAsking
					? [
							{keys: ['y'], label: 'cancel the job', action: cancel},
							{keys: ['n', 'escape'], label: 'back', action: () => setIsAsking(false)},
						]
					: [
							{keys: ['C'], label: 'cancel the job', action: () => setIsAsking(true)},
							{keys: ['q'], label: 'leave it running', action: () => session.interrupt()},
							stream,
						]
			}
			helpNotes={['The job runs at AWS, whether or not somebody looks at it.']}
		>
			<JobBody batch={batch} isAsking={isAsking} trouble={trouble} />
		</Frame>
	);
};

type JobBodyProps = {
	readonly batch: BatchState | undefined;
	readonly isAsking: boolean;
	readonly trouble: string;
};

const JobBody = ({batch, isAsking, trouble}: JobBodyProps) => {
	const {columns, rows} = useBody();
	const {styles} = useTheme();
	const {job, progress} = batch ?? {};
	const done = (progress?.succeeded ?? 0) + (progress?.failed ?? 0);
	return (
		<Box flexDirection="column" height={rows} overflow="hidden">
			<Text> </Text>
			<Text {...styles.strong} wrap="truncate">
				{isAsking ? ' Cancel the job?' : ' Copying objects that exist already'}
			</Text>
			<Text> </Text>
			<Box paddingLeft={3}>
				<ProgressBar done={done} total={progress?.total ?? 0} width={Math.min(60, columns - 6)} />
			</Box>
			<Text> </Text>
			<Facts width={columns} facts={factsOf(job?.jobId ?? '', progress)} />
			<Text> </Text>
			<Paragraph
				width={columns}
				role="secondary"
				text={
					trouble === ''
						? isAsking
							? 'What it has copied stays.'
							: 'It goes on without you: leave, and come back with s3-replicate batch --job ID.'
						: trouble
				}
			/>
		</Box>
	);
};

function factsOf(jobId: string, progress: BatchState['progress']): readonly Fact[] {
	const id = {label: 'Job', text: jobId};
	if (!progress) return [id, {label: 'State', text: 'asking'}];
	const {status, total, succeeded, failed, perSecond, remainingMs, elapsedMs} = progress;
	const done = countText(succeeded + failed);
	return [
		id,
		{label: 'State', text: status},
		{label: 'Objects', text: total === null ? done : `${done} of ${countText(total)}`},
		{label: 'Failed', text: countText(failed)},
		...(perSecond === null ? [] : [{label: 'Rate', text: rateText(perSecond)}]),
		...(remainingMs === null ? [] : [{label: 'Left', text: `about ${durationText(remainingMs)}`}]),
		{label: 'Elapsed', text: durationText(elapsedMs)},
	];
}
