import {Box} from 'ink';
import {rateText} from '../../../domain/batch/batch-text.js';
import {countText} from '../../../domain/batch/count-text.js';
import {durationText} from '../../../domain/text/duration-text.js';
import type {BatchState} from '../../../session/state/batch-state.js';
import {type Fact, Facts} from '../../components/text/facts.js';
import {Paragraph} from '../../components/text/paragraph.js';
import {ProgressBar} from '../../components/text/progress-bar.js';
import {Text} from '../../components/text/text.js';
import {useBody} from '../../hooks/use-body.js';

type JobProgressProps = {
	readonly batch: BatchState | undefined;
	/** What is asked or done now. */
	readonly title: string;
	readonly note: string;
};

/** A job that goes on at AWS: how far it is. */
export const JobProgress = ({batch, title, note}: JobProgressProps) => {
	const {columns, rows} = useBody();
	const {job, progress} = batch ?? {};
	const done = (progress?.succeeded ?? 0) + (progress?.failed ?? 0);
	return (
		<Box flexDirection="column" height={rows} overflow="hidden">
			<Text> </Text>
			<Paragraph role="strong" text={title} />
			<Text> </Text>
			<Box paddingLeft={3}>
				<ProgressBar done={done} total={progress?.total ?? 0} width={Math.min(60, columns - 6)} />
			</Box>
			<Text> </Text>
			<Facts facts={factsOf(job?.jobId ?? '', progress)} />
			<Text> </Text>
			<Paragraph role="secondary" text={note} />
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
