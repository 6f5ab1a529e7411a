import {type Room} from '../../hooks/use-body.js';
import {useMemo} from 'react';
import {type BucketSummary} from '../../../domain/observed/observed.js';
import {regionsOfPartition, type Region} from '../../../domain/region.js';
import {FilterList, type ListColumn} from '../../components/fields/filter-list.js';

type RegionListProps = Room & {
	readonly partition: string;
	/** The account's buckets, counted by region. */
	readonly buckets: readonly BucketSummary[];
	readonly initialRegion: string;
	readonly isActive: boolean;
	readonly onChoose: (region: string) => void;
};

const keyOf = ({name}: Region): string => name;
const textsOf = ({name, place}: Region): readonly string[] => [name, place];

/** The regions to create a bucket in. */
export const RegionList = ({
	partition,
	buckets,
	initialRegion,
	width,
	rows,
	isActive,
	onChoose,
}: RegionListProps) => {
	const regions = useMemo(() => regionsOfPartition(partition), [partition]);
	const columns = useMemo((): ReadonlyArray<ListColumn<Region>> => {
		const countIn = (name: string): number => buckets.filter(({region}) => region === name).length;
		return [
			{title: 'REGION', width: Math.max(...regions.map(({name}) => name.length)), textOf: ({name}) => name},
			{title: 'PLACE', width: 'rest', textOf: ({place}) => place, roleOf: () => 'secondary'},
			{title: '', width: 6, textOf: ({isOptIn}) => (isOptIn ? 'opt-in' : ''), roleOf: () => 'warning'},
			{
				title: 'BUCKETS',
				width: 7,
				textOf: ({name}) => String(countIn(name) || ''),
				roleOf: () => 'secondary',
			},
		];
	}, [buckets, regions]);
	return (
		<FilterList
			items={regions}
			keyOf={keyOf}
			textsOf={textsOf}
			columns={columns}
			noun="regions"
			width={width}
			rows={rows}
			emptyText="No region matches. Esc clears the filter."
			initialKey={initialRegion}
			isActive={isActive}
			onChoose={({name}) => onChoose(name)}
		/>
	);
};
