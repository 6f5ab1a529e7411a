import {Box} from 'ink';
import {useState} from 'react';
import type {Problem} from '../../../domain/problem.js';
import type {Side} from '../../../domain/answers/mode.js';
import {Divider} from '../../components/text/divider.js';
import {filterListKeys} from '../../components/fields/filter-list.js';
import {Frame} from '../../components/frame/frame.js';
import {useHoldKeys} from '../../hooks/use-hold-keys.js';
import {useBody} from '../../hooks/use-body.js';
import {type KeyBinding, when} from '../../hooks/use-keys.js';
import {useSession, useSessionState} from '../../hooks/use-session.js';
import {useWizardFrame} from '../../components/frame/use-wizard-frame.js';
import type {BucketItem} from './bucket-item.js';
import {isSameBucket} from './bucket-notes.js';
import {BucketSide} from './bucket-side.js';
import {bucketChange, sideAnswers} from './side-answers.js';
import {padEnd, truncateEnd} from '../../components/text/truncate.js';
import {useTheme} from '../../hooks/use-theme.js';
import {Text} from '../../components/text/text.js';

/** A name whose owner is asked for, or is known to be somebody else. */
type LookedName = {readonly name: string; readonly side: Side; readonly problem?: Problem};

type Highlights = Readonly<Partial<Record<Side, BucketItem>>>;

const otherSide = (side: Side): Side => (side === 'source' ? 'destination' : 'source');

/** The two buckets, each chosen from those of its account or named anew. */
export const BucketsScreen = () => {
	const session = useSession();
	const {hasComeBack} = useSessionState();
	const [side, setSide] = useState<Side>(hasComeBack ? 'destination' : 'source');
	const [isRegionOpen, setIsRegionOpen] = useState(false);
	const [highlights, setHighlights] = useState<Highlights>({});
	/** The name that was chosen last and is in no list: whether somebody else has it. */
	const [looked, setLooked] = useState<LookedName>();

	/** @returns may it be this one? */
	const record = ({name, region}: BucketItem): boolean => {
		const source = sideAnswers(session.getState(), 'source');
		if (isSameBucket(side, name, source.bucket)) return false;
		session.answer('buckets', {
			...bucketChange('source', source.bucket, source.region),
			...bucketChange(side, name, region),
		});
		return true;
	};

	const goOn = (item: BucketItem): void => {
		if (!record(item)) return;
		if (side === 'source') setSide('destination');
		else session.next();
	};

	const choose = async (item: BucketItem): Promise<void> => {
		if (!item.isNew) {
			goOn(item);
			return;
		}

		setLooked({name: item.name, side});
		const problem = await session.nameProblem(side, item.name);
		setLooked(problem && {name: item.name, side, problem});
		if (!problem) goOn(item);
	};

	useHoldKeys(looked !== undefined && looked.problem === undefined);

	const switchSides = (): void => {
		const highlighted = highlights[side];
		if (highlighted) record(highlighted);
		setSide(otherSide(side));
	};

	const back = (): void => {
		if (isRegionOpen) setIsRegionOpen(false);
		else if (side === 'destination') setSide('source');
		else session.back();
	};

	const listAgain = (): void => {
		void session.loadBuckets(sideAnswers(session.getState(), side).profile, true);
	};

	const canGoBack = isRegionOpen || side === 'destination' || session.canGoBack();
	const bindings: readonly KeyBinding[] = [
		{keys: [], label: isRegionOpen ? 'type to filter' : 'type a name'},
		{keys: ['enter'], label: 'choose'},
		...when(
			!isRegionOpen,
			{keys: ['tab'], label: 'side', action: switchSides},
			{keys: ['shift+tab'], label: 'side', action: switchSides, isHidden: true},
			{keys: ['ctrl+g'], label: 'region', action: () => setIsRegionOpen(true)},
		),
		...when(canGoBack, {keys: ['escape'], label: 'back', action: back}),
		...when(!isRegionOpen, {keys: ['ctrl+r'], label: 'list again', action: listAgain}),
		...filterListKeys.filter(({keys}) => keys.length > 0 && !keys.includes('enter')),
	];
	return (
		<Frame
			{...useWizardFrame()}
			bindings={bindings}
			helpNotes={[
				'What you type filters the buckets; it also names the bucket to create.',
				'A bucket that exists keeps its region and everything in it; versioning is enabled where it is not.',
			]}
		>
			<BucketsBody
				side={side}
				isRegionOpen={isRegionOpen}
				onRegionClose={() => setIsRegionOpen(false)}
				looked={looked}
				onChoose={(item) => void choose(item)}
				onHighlight={(at, item) => setHighlights((before) => ({...before, [at]: item}))}
			/>
		</Frame>
	);
};

type BodyProps = {
	readonly side: Side;
	readonly isRegionOpen: boolean;
	readonly onRegionClose: () => void;
	readonly looked: LookedName | undefined;
	readonly onChoose: (item: BucketItem) => void;
	readonly onHighlight: (side: Side, item: BucketItem | undefined) => void;
};

const wideFrom = 100;

const BucketsBody = ({side, isRegionOpen, onRegionClose, looked, onChoose, onHighlight}: BodyProps) => {
	const {columns, rows} = useBody();
	const isWide = columns >= wideFrom;
	const sideWidth = isWide ? Math.floor((columns - 1) / 2) : columns;
	const headOf = (each: Side) => (
		<SideHead side={each} isActive={each === side} isRegionOpen={isRegionOpen} width={sideWidth} />
	);
	const sideOf = (each: Side) => (
		<Box
			key={each}
			display={isWide || each === side ? 'flex' : 'none'}
			flexDirection="column"
			width={sideWidth}
			flexShrink={0}
		>
			{isWide && headOf(each)}
			<BucketSide
				side={each}
				isActive={each === side}
				isRegionOpen={isRegionOpen && each === side}
				onRegionClose={onRegionClose}
				nameProblem={looked?.side === each ? looked : undefined}
				onChoose={onChoose}
				onHighlight={(item) => onHighlight(each, item)}
				width={sideWidth}
				rows={isWide ? rows - 1 : rows - 2}
			/>
		</Box>
	);
	return (
		<Box flexDirection={isWide ? 'row' : 'column'}>
			{!isWide && headOf('source')}
			{!isWide && headOf('destination')}
			{sideOf('source')}
			{isWide && <Divider rows={rows} />}
			{sideOf('destination')}
		</Box>
	);
};

type SideHeadProps = {
	readonly side: Side;
	readonly isActive: boolean;
	readonly isRegionOpen: boolean;
	/** Cells across. */
	readonly width: number;
};

/** Which side it is: the one that is asked for with its profile, the other with its bucket. */
const SideHead = ({side, isActive, isRegionOpen, width}: SideHeadProps) => {
	const {profile, bucket, region} = sideAnswers(useSessionState(), side);
	const {glyphs, styles} = useTheme();
	const title = side === 'source' ? 'Source' : 'Destination';
	const text = !isActive
		? `${bucket} in ${region}`
		: isRegionOpen
			? 'choose the region of a new bucket'
			: `profile ${profile}, new buckets in ${region}`;
	return (
		<Text wrap="truncate">
			<Text {...styles.accent}>{` ${padEnd(isActive ? glyphs.focus : '', 2)}`}</Text>
			<Text {...(isActive ? styles.accent : styles.secondary)}>{padEnd(title, 13)}</Text>
			<Text {...styles.secondary}>{truncateEnd(text, Math.max(0, width - 17), glyphs.more)}</Text>
		</Text>
	);
};
