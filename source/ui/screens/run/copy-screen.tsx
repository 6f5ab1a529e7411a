import {useState} from 'react';
import {copyQuestion} from '../../../domain/batch/job-price.js';
import {choiceKeys} from '../../components/fields/choice.js';
import {Frame} from '../../components/frame/frame.js';
import {useWizardFrame} from '../../components/frame/use-wizard-frame.js';
import type {ScreenProps} from '../../components/frame/screen-props.js';
import {ProblemList, problemListKeys} from '../../components/problems/problem-list.js';
import {useOpenRow} from '../../components/documents/use-open-row.js';
import {KeyLayer} from '../../hooks/key-root.js';
import {type KeyBinding, when} from '../../hooks/use-keys.js';
import {useLeaveKeys} from '../../hooks/use-leave-keys.js';
import {useOnce} from '../../hooks/use-once.js';
import {scrollKeys} from '../../hooks/use-scroll.js';
import {useSession, useSessionState} from '../../hooks/use-session.js';
import {ApplyProgress} from './apply-progress.js';
import {CopyEnd} from './copy-end.js';
import {CopyPlan} from './copy-plan.js';
import {Offer, Price, Reading} from './copy-stages.js';
import {JobProgress} from './job-progress.js';
import {stopKey} from '../../components/frame/stop-key.js';
import {useJobKeys} from './use-job-keys.js';

const helpNotes = [
	'S3 Batch Operations copies what was there before the rule, and what failed. The job runs at AWS, whether or not somebody looks at it.',
	'Nothing is made before you approve the plan. Nothing is copied before a yes to count and price.',
	'What it copies stays: an undo takes down the job, its role and its reports.',
];

/** Objects that exist already: offered, planned, copied by a job that is followed to its end, and compared. */
export const CopyScreen = ({onLeave}: ScreenProps) => {
	const session = useSession();
	const {copying, run, interrupts} = useSessionState();
	const row = useOpenRow(run.operations.map(({operation}) => operation));
	const [isPricing, setIsPricing] = useState(false);
	const {stage, problem} = copying ?? {stage: 'planning' as const, problem: undefined};
	const jobKeys = useJobKeys(
		() => session.leaveCopy(),
		async () =>
			session.getState().copying?.stage === 'confirming' ? session.agreeCopy('no') : session.cancelJob(),
	);
	// S3 may have counted the objects meanwhile: a yes that cancels must not become one that copies.
	const isCancelling = jobKeys.isAsking && stage === 'confirming';
	useOnce(() => void session.openCopy());

	const goOn = (): void => session.next();
	const make = (): void => {
		void session.makeCopy().then(() => {
			// Ctrl-C waits for the calls under way: now they are finished.
			if (session.getState().interrupts > 0) onLeave();
		});
	};
	const verify = (): void => {
		setIsPricing(false);
		void session.verifyCopy();
	};

	const {back, quit} = useLeaveKeys(onLeave);
	const toWatch: KeyBinding = {keys: ['enter'], label: 'go on to the watch', action: goOn};
	const again: KeyBinding = {keys: ['r'], label: 'plan again', action: () => void session.planCopy()};
	const bindings: Readonly<Record<typeof stage, readonly KeyBinding[]>> = {
		offered: [...choiceKeys, back, quit],
		planning: [back, quit],
		planned: [
			{keys: ['a'], label: 'make the job', action: make},
			...row.listKeys,
			{keys: ['pageup', 'pagedown'], label: 'page', isHidden: true},
			{keys: ['w'], label: 'watch instead', action: goOn},
			back,
			quit,
		],
		failed: [again, {keys: ['w'], label: 'watch instead', action: goOn}, ...problemListKeys, back, quit],
		making: [stopKey(interrupts), ...row.listKeys],
		following: jobKeys.bindings,
		confirming: isCancelling
			? jobKeys.bindings
			: [
					{keys: ['y'], label: 'copy', action: () => session.agreeCopy('yes')},
					{keys: ['n'], label: 'cancel the job', action: () => session.agreeCopy('no')},
					{keys: ['q'], label: 'leave it waiting', action: () => session.leaveCopy()},
				],
		left: [toWatch, quit],
		ended: isPricing
			? [
					{keys: ['y'], label: 'compare', action: verify},
					{keys: ['n', 'escape'], label: 'back', action: () => setIsPricing(false)},
				]
			: [
					toWatch,
					{keys: ['v'], label: 'compare both sides', action: () => setIsPricing(true)},
					again,
					...scrollKeys.slice(0, 1),
					quit,
				],
		verifying: [stopKey(interrupts)],
	};
	// Who reads what was made goes on when that is closed.
	const isReading = row.isOpen && stage !== 'planned';
	return (
		<Frame
			{...useWizardFrame()}
			bindings={
				row.isOpen ? [...row.documentKeys, ...when(stage === 'making', stopKey(interrupts))] : bindings[stage]
			}
			helpNotes={helpNotes}
		>
			{stage === 'planned' && run.plan ? (
				<KeyLayer>
					<CopyPlan plan={run.plan} row={row} />
				</KeyLayer>
			) : stage === 'making' || isReading ? (
				<KeyLayer>
					<ApplyProgress row={row} />
				</KeyLayer>
			) : stage === 'following' || isCancelling ? (
				<JobProgress batch={run.batch} title={jobKeys.title} note={jobKeys.note} />
			) : stage === 'confirming' ? (
				<JobProgress
					batch={run.batch}
					title={`${copyQuestion(run.batch?.progress?.total ?? undefined)}?`}
					note="Nothing is copied before your yes. A no cancels the job."
				/>
			) : stage === 'offered' ? (
				<Offer onCopy={() => void session.planCopy()} onWatch={goOn} />
			) : stage === 'failed' ? (
				<ProblemList problems={problem ? [problem] : []} />
			) : isPricing && stage === 'ended' ? (
				<Price />
			) : stage === 'ended' || stage === 'left' ? (
				<KeyLayer>
					<CopyEnd />
				</KeyLayer>
			) : (
				<Reading isComparing={stage === 'verifying'} />
			)}
		</Frame>
	);
};
