import {rateText} from '../../../domain/batch/batch-text.js';
import {afterJobText} from '../../../domain/batch/batch-summary.js';
import {limits} from '../../../domain/limits.js';
import {countText} from '../../../domain/batch/count-text.js';
import {comparisonPrice, comparisonPriceText} from '../../../domain/batch/job-price.js';
import {Choice} from '../../components/fields/choice.js';
import {Clip} from '../../components/text/clip.js';
import {Paragraph, Pending} from '../../components/text/paragraph.js';
import {Text} from '../../components/text/text.js';
import {useBody} from '../../hooks/use-body.js';
import {useSessionState} from '../../hooks/use-session.js';

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
export const Offer = ({onCopy, onWatch}: OfferProps) => {
	const {columns, rows} = useBody();
	const {copying, run} = useSessionState();
	const {finished} = run.batch ?? {};
	const known = finished ? afterJobText(finished) : (copying?.before.run.plan?.existing ?? '');
	return (
		<Clip rows={rows}>
			<Text> </Text>
			<Paragraph role="strong" text="Copy objects that exist already?" />
			<Paragraph text={known} />
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

/** What a comparison costs, before it begins. */
export const Price = () => {
	const {rows} = useBody();
	return (
		<Clip rows={rows}>
			<Text> </Text>
			<Paragraph role="strong" text="Compare both sides?" />
			<Paragraph text="Two listings are read side by side: current versions by key, version id and size. Nothing is changed." />
			<Paragraph text={`${comparisonPriceText(comparisonPrice(limits.comparedObjects))}.`} />
		</Clip>
	);
};

/** While something is read. */
export const Reading = ({isComparing}: {readonly isComparing: boolean}) => {
	const {answers, run} = useSessionState();
	const {comparing} = run.batch ?? {};
	const far = comparing ? `: ${countText(comparing.compared)} objects, ${rateText(comparing.perSecond)}` : '';
	const bucket = answers.sourceBucket ?? '';
	const text = isComparing
		? `Comparing ${bucket} with its destinations${far}`
		: `Reading the rules of ${bucket}, its role and its destinations`;
	return <Pending text={text} />;
};
