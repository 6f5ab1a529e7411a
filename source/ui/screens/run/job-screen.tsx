import {Frame} from '../../components/frame/frame.js';
import {useSession, useSessionValues} from '../../hooks/use-session.js';
import {JobProgress} from './job-progress.js';
import {useJobKeys} from './use-job-keys.js';

/** A job that a command follows: how far it is, and how it is cancelled or left. */
export const JobScreen = () => {
	const session = useSession();
	const {batch} = useSessionValues(({run}) => ({batch: run.batch}));
	const {bindings, title, note} = useJobKeys(
		() => session.interrupt(),
		() => session.cancelJob(),
	);
	return (
		<Frame
			title="Job"
			context={batch?.job?.sourceBucket ?? ''}
			bindings={bindings}
			helpNotes={['The job runs at AWS, whether or not somebody looks at it.']}
		>
			<JobProgress batch={batch} title={title} note={note} />
		</Frame>
	);
};
