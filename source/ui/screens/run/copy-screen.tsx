import {useEffect, useRef, useState} from 'react';
import {comparisonPrice, comparisonPriceText, copyQuestion} from '../../../domain/batch/job-price.js';
import {countText} from '../../../domain/batch/count-text.js';
import {mostComparedObjects} from '../../../domain/batch/compared-buckets.js';
import {rateText} from '../../../domain/batch/batch-text.js';
import type {Problem} from '../../../domain/problem.js';
import {Choice, choiceKeys} from '../../components/fields/choice.js';
import {Frame} from '../../components/frame/frame.js';
import {useWizardFrame} from '../../components/frame/use-wizard-frame.js';
import type {ScreenProps} from '../../components/frame/screen-props.js';
import {ProblemList, problemListKeys} from '../../components/problems/problem-list.js';
import {Clip} from '../../components/text/clip.js';
import {Paragraph} from '../../components/text/paragraph.js';
import {Text} from '../../components/text/text.js';
import {KeyLayer} from '../../hooks/key-root.js';
import {useBody} from '../../hooks/use-body.js';
import type {KeyBinding} from '../../hooks/use-keys.js';
import {scrollKeys} from '../../hooks/use-scroll.js';
import {useSession, useSessionState} from '../../hooks/use-session.js';
import {useTheme} from '../../hooks/use-theme.js';
import {ApplyProgress} from './apply-progress.js';
import {CopyEnd} from './copy-end.js';
import {CopyPlan} from './copy-plan.js';
import {JobProgress} from './job-progress.js';
import {stopKey} from './stop-key.js';
import {useJobKeys} from './use-job-keys.js';

const helpNotes = [
	'S3 Batch Operations copies what was there before the rule, and what failed. The job runs at AWS, whether or not somebody looks at it.',
	'Nothing is made before you approve the plan, and nothing copied before a yes to the count and its price.',
	'What it copies stays: an undo takes down the job, its role and its reports.',
];

/** Objects that exist already: offered, planned, copied by a job that is followed to its end, and compared. */
export const CopyScreen = ({onLeave}: ScreenProps) => {
	const session = useSession();
	const {copying, run, interrupts} = useSessionState();
	const [isOpen, setIsOpen] = useState(false);
	const [isPricing, setIsPricing] = useState(false);
	const hasStarted = useRef(false);
	const jobKeys = useJobKeys(() => session.leaveCopy());
	useEffect(() => {
		if (hasStarted.current) return;
		hasStarted.current = true;
		void session.openCopy();
	});

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

	const quit: KeyBinding = {keys: ['q'], label: 'quit', action: onLeave};
	const back: KeyBinding = {keys: ['escape'], label: 'back', action: () => session.back()};
	const toWatch: KeyBinding = {keys: ['enter'], label: 'go on to the watch', action: goOn};
	const again: KeyBinding = {keys: ['r'], label: 'plan again', action: () => void session.planCopy()};
	const {stage, problem} = copying ?? {stage: 'planning' as const, problem: undefined};
	const bindings: Readonly<Record<typeof stage, readonly KeyBinding[]>> = {
		offered: [...choiceKeys, back, quit],
		planning: [back, quit],
		planned: isOpen
			? [...scrollKeys, {keys: ['left', 'escape'], label: 'close', action: () => setIsOpen(false)}]
			: [
					{keys: ['a'], label: 'make the job', action: make},
					{keys: ['up', 'down'], label: 'move'},
					{keys: ['right'], label: 'open', action: () => setIsOpen(true)},
					{keys: ['pageup', 'pagedown'], label: 'page', isHidden: true},
					{keys: ['w'], label: 'watch instead', action: goOn},
					back,
					quit,
				],
		failed: [again, {keys: ['w'], label: 'watch instead', action: goOn}, ...problemListKeys, back, quit],
		making: [stopKey(interrupts)],
		following: jobKeys.bindings,
		confirming: [
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
		verifying: [],
	};
	return (
		<Frame {...useWizardFrame()} bindings={bindings[stage]} helpNotes={helpNotes}>
			{stage === 'planned' && run.plan ? (
				<KeyLayer>
					<CopyPlan plan={run.plan} isOpen={isOpen} />
				</KeyLayer>
			) : stage === 'making' ? (
				<ApplyProgress />
			) : stage === 'following' ? (
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
				<Failed problem={problem} />
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

type OfferProps = {readonly onCopy: () => void; readonly onWatch: () => void};

const offers = [
	{value: 'watch', label: 'Watch', detail: 'test files first; objects can be copied afterwards, too'},
	{
		value: 'copy',
		label: 'Copy',
		detail: 'plans a job of S3 Batch Replication; shown before anything is made',
	},
] as const;

/** After a set-up: what there was before the rule. */
const Offer = ({onCopy, onWatch}: OfferProps) => {
	const {columns, rows} = useBody();
	const {copying} = useSessionState();
	return (
		<Clip rows={rows}>
			<Text> </Text>
			<Paragraph width={columns} role="strong" text="Copy objects that exist already?" />
			<Paragraph width={columns} text={copying?.before.run.plan?.existing ?? ''} />
			<Text> </Text>
			<Choice
				items={offers}
				width={columns}
				onChoose={(value) => {
					if (value === 'copy') onCopy();
					else onWatch();
				}}
			/>
		</Clip>
	);
};

const Failed = ({problem}: {readonly problem: Problem | undefined}) => {
	const {columns, rows} = useBody();
	return <ProblemList problems={problem ? [problem] : []} width={columns} rows={rows} />;
};

/** What a comparison costs, before it begins. */
const Price = () => {
	const {columns, rows} = useBody();
	return (
		<Clip rows={rows}>
			<Text> </Text>
			<Paragraph width={columns} role="strong" text="Compare both sides?" />
			<Paragraph
				width={columns}
				text="Two listings are read side by side: current versions by key, version id and size. Nothing is changed."
			/>
			<Paragraph width={columns} text={`${comparisonPriceText(comparisonPrice(mostComparedObjects))}.`} />
		</Clip>
	);
};

/** While something is read. */
const Reading = ({isComparing}: {readonly isComparing: boolean}) => {
	const {columns} = useBody();
	const {glyphs} = useTheme();
	const {answers, run} = useSessionState();
	const {comparing} = run.batch ?? {};
	const far = comparing ? `: ${countText(comparing.compared)} objects, ${rateText(comparing.perSecond)}` : '';
	const bucket = answers.sourceBucket ?? '';
	const text = isComparing
		? `Comparing ${bucket} with its destinations${far}`
		: `Reading the rules of ${bucket}, its role and its destinations`;
	return <Paragraph width={columns} sign={glyphs.pending} signRole="pending" text={text} />;
};
