import {accountNameIn, bucketNameFault} from '../../../domain/answers/bucket-name.js';
import {isOthers} from '../../../domain/answers/others-profile.js';
import {type Problem} from '../../../domain/problem.js';
import {regions} from '../../../domain/region.js';
import {type Side} from '../../../domain/answers/mode.js';
import {completedAnswers} from '../../../session/state/defaults.js';
import {Paragraph} from '../../components/text/paragraph.js';
import {ProblemPanel} from '../../components/problems/problem-panel.js';
import {useSessionState} from '../../hooks/use-session.js';
import {useTheme} from '../../hooks/use-theme.js';
import {type BucketItem} from './bucket-item.js';

type BucketNotesProps = {
	readonly side: Side;
	readonly item: BucketItem | undefined;
	/** What is typed. */
	readonly typed: string;
	/** Is there a bucket with the name that is typed? */
	readonly exists: boolean;
	/** Why the buckets could not be listed. */
	readonly listProblem: Problem | undefined;
	/** Why the highlighted name cannot be used, as far as it was asked for. */
	readonly nameProblem: Problem | undefined;
	readonly width: number;
};

/** Is the bucket already that of the other side? Asked of the destination, which is chosen last. */
export const isSameBucket = (side: Side, name: string, sourceBucket: string): boolean =>
	side === 'destination' && name === sourceBucket;

/** What there is to say of the highlighted bucket, and of the name that is typed: the worst first. */
export const BucketNotes = ({
	side,
	item,
	typed,
	exists,
	listProblem,
	nameProblem,
	width,
}: BucketNotesProps) => {
	const {mode, sourceBucket, sourceRegion, destinationProfile} = completedAnswers(useSessionState());
	const isOthersSide = side === 'destination' && isOthers(destinationProfile);
	const {glyphs} = useTheme();
	const fault = typed === '' || exists ? undefined : bucketNameFault(typed);
	if (fault !== undefined && item === undefined) {
		return (
			<Paragraph
				width={width}
				sign={glyphs.failed}
				signRole="error"
				text={`“${typed}” cannot be created. ${fault}`}
			/>
		);
	}

	if (item && isSameBucket(side, item.name, sourceBucket)) {
		return (
			<ProblemPanel
				headline="Cannot replicate a bucket to itself"
				cause={`The source is ${sourceBucket} already.`}
				nextSteps={['Choose or type another name here.']}
				width={width}
			/>
		);
	}

	if (nameProblem) return <ProblemPanel {...nameProblem} width={width} />;
	const isSameRegion = side === 'destination' && mode === 'cross-region' && item?.region === sourceRegion;
	const isPassed = item?.isNew === false && typed !== '' && !exists && fault === undefined;
	return (
		<>
			{item && (
				<Paragraph
					width={width}
					text={describe(item, {isUnlisted: listProblem !== undefined, isOthers: isOthersSide})}
				/>
			)}
			{isPassed && (
				<Paragraph width={width} role="secondary" text={`To create ${typed}, press End, then Enter.`} />
			)}
			{isSameRegion && (
				<Paragraph
					width={width}
					sign={glyphs.warning}
					signRole="warning"
					text={`Both buckets are in ${sourceRegion}: this is Same-Region Replication.`}
				/>
			)}
			{listProblem && <ProblemPanel {...listProblem} width={width} />}
		</>
	);
};

const describe = (
	{name, region, isNew}: BucketItem,
	{isUnlisted, isOthers}: {readonly isUnlisted: boolean; readonly isOthers: boolean},
): string => {
	const place = regions.find((known) => known.name === region)?.place;
	const where = place === undefined ? region : `${region}, ${place}`;
	if (!isNew) return `${name} exists in ${where}.`;
	if (isOthers) return `${name} in ${where}: its owner makes it if it does not exist.`;
	return isUnlisted
		? `${name}: created in ${where} if it does not exist. The list could not be read; a name can still be typed.`
		: accountNameIn(name)
			? `Creates ${name} in ${where}, in the account's own namespace.`
			: `Creates ${name} in ${where}. End the name with -an for the account's own namespace.`;
};
