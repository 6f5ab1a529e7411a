import {type Room} from '../../hooks/use-body.js';
import {Box} from 'ink';
import {useCallback, useEffect, useMemo, useRef, useState} from 'react';
import {type BucketSummary} from '../../../domain/observed/observed.js';
import {isOthers} from '../../../domain/answers/others-profile.js';
import {type Problem} from '../../../domain/problem.js';
import {type Side} from '../../../domain/answers/mode.js';
import {partitionOfRegion} from '../../../domain/region.js';
import {valueOf} from '../../../session/state/loadable.js';
import {Clip} from '../../components/text/clip.js';
import {FilterList, type ListColumn} from '../../components/fields/filter-list.js';
import {useHoldKeys} from '../../hooks/use-hold-keys.js';
import {useSession, useSessionState} from '../../hooks/use-session.js';
import {bucketKey, newBucket, type BucketItem, wholeName} from './bucket-item.js';
import {BucketNotes} from './bucket-notes.js';
import {RegionList} from './region-list.js';
import {regionChange, restingBucket, sideAnswers} from './side-answers.js';

type BucketSideProps = Room & {
	readonly side: Side;
	/** Is this the side that keys go to? */
	readonly isActive: boolean;
	/** Is the list of regions shown in place of the buckets? */
	readonly isRegionOpen: boolean;
	readonly onRegionClose: () => void;
	/** What was found out of a name that is in no list. */
	readonly nameProblem: {readonly name: string; readonly problem?: Problem} | undefined;
	readonly onChoose: (item: BucketItem) => void;
	readonly onHighlight: (item: BucketItem | undefined) => void;
};

const noBuckets: readonly BucketSummary[] = [];
const textsOf = ({name, region}: BucketItem): readonly string[] => [name, region];

/** One side: the buckets of its account, the one to create, and what there is to say of the highlighted one. */
export const BucketSide = ({
	side,
	isActive,
	isRegionOpen,
	onRegionClose,
	nameProblem,
	onChoose,
	onHighlight,
	width,
	rows,
}: BucketSideProps) => {
	const session = useSession();
	const state = useSessionState();
	const {profile, region} = sideAnswers(state, side);
	const bucket = restingBucket(state, side);
	const [typed, setTyped] = useState('');
	const [item, setItem] = useState<BucketItem>();
	const loadable = state.buckets[profile];
	const identity = valueOf(state.identities[profile]);
	useEffect(() => {
		void session.loadBuckets(profile);
		// The account is part of the names that are proposed.
		void session.checkIdentity(profile);
	}, [session, profile, loadable]);

	const isLoading = !loadable || loadable.state === 'idle' || loadable.state === 'loading';
	const highlighted = useRef<BucketItem>(undefined);
	// Whether a name is taken is known once the buckets are listed: an Enter before waits for that.
	const [isWaiting, setIsWaiting] = useState(false);
	useHoldKeys(isActive && isWaiting);
	useEffect(() => {
		if (!isWaiting || isLoading) return;
		queueMicrotask(() => {
			setIsWaiting(false);
			if (highlighted.current) onChoose(highlighted.current);
		});
	}, [isWaiting, isLoading, onChoose]);

	const accountId = identity?.accountId;
	const existing = valueOf(loadable) ?? noBuckets;
	const listProblem = loadable?.state === 'failed' ? loadable.problem : undefined;
	const items = useMemo(() => existing.map((each) => ({...each, isNew: false})), [existing]);
	const ownFor = useCallback(
		(name: string) => newBucket(name, {name: bucket, region, existing, accountId}),
		[bucket, region, existing, accountId],
	);
	const columns = useMemo((): ReadonlyArray<ListColumn<BucketItem>> => {
		const verb = listProblem || isOthers(profile) ? '+ use' : '+ create';
		return [
			{
				title: 'BUCKET',
				width: 'rest',
				textOf: ({name, isNew}) => (isNew ? `${verb} ${name}` : name),
				cut: 'middle',
			},
			{title: 'REGION', width: 14, textOf: (each) => each.region, roleOf: () => 'secondary'},
		];
	}, [listProblem, profile]);

	const noteRows =
		listProblem || nameProblem?.problem
			? Math.min(9, Math.floor(rows / 2))
			: Math.min(5, Math.max(3, rows - 12));
	const listRows = Math.max(4, Math.min(items.length + 4, rows - noteRows));
	return (
		<Box flexDirection="column" width={width} height={rows} overflow="hidden">
			{isRegionOpen && (
				<RegionList
					partition={identity?.partition ?? partitionOfRegion(region)}
					buckets={existing}
					initialRegion={region}
					width={width}
					rows={rows}
					isActive={isActive}
					onChoose={(name) => {
						session.answer('buckets', regionChange(session.getState(), side, name));
						onRegionClose();
					}}
				/>
			)}
			<Box display={isRegionOpen ? 'none' : 'flex'} flexDirection="column">
				<FilterList
					items={items}
					keyOf={bucketKey}
					textsOf={textsOf}
					columns={columns}
					noun="buckets"
					width={width}
					rows={listRows}
					emptyText="No bucket matches."
					noneText={isLoading ? 'Listing the buckets' : 'No buckets are listed. Type a name.'}
					prompt="name"
					status={isLoading ? 'loading' : ''}
					initialKey={bucket}
					isActive={isActive && !isRegionOpen}
					ownFor={ownFor}
					onFilter={(text) => setTyped(text.trim())}
					onShow={(shown) => {
						highlighted.current = shown.highlighted;
						setItem(shown.highlighted);
						onHighlight(shown.highlighted);
					}}
					onChoose={(chosen) => {
						if (chosen.isNew && isLoading) setIsWaiting(true);
						else onChoose(chosen);
					}}
				/>
				<Clip rows={rows - listRows}>
					<BucketNotes
						side={side}
						item={item}
						typed={wholeName(typed, {region, accountId})}
						exists={existing.some(({name}) => name === typed)}
						listProblem={listProblem}
						nameProblem={nameProblem?.name === item?.name ? nameProblem?.problem : undefined}
						width={width}
					/>
				</Clip>
			</Box>
		</Box>
	);
};
