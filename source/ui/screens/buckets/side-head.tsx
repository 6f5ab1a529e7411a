import {type Side} from '../../../domain/answers/mode.js';
import {padEnd, truncateEnd} from '../../components/text/truncate.js';
import {useSessionState} from '../../hooks/use-session.js';
import {useTheme} from '../../hooks/use-theme.js';
import {sideAnswers} from './side-answers.js';
import {Text} from '../../components/text/text.js';

type SideHeadProps = {
	readonly side: Side;
	readonly isActive: boolean;
	readonly isRegionOpen: boolean;
	/** Cells across. */
	readonly width: number;
};

/** Which side it is: the one that is asked for with its profile, the other with its bucket. */
export const SideHead = ({side, isActive, isRegionOpen, width}: SideHeadProps) => {
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
