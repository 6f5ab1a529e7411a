import {useCallback, useEffect, useMemo, useState} from 'react';
import {type BucketSummary} from '../../../domain/observed/observed.js';
import {
	FilterList,
	filterListKeys,
	type ListColumn,
	type ShownRows,
} from '../../components/fields/filter-list.js';
import {Frame} from '../../components/frame/frame.js';
import {useWizardFrame} from '../../components/frame/use-wizard-frame.js';
import {ProblemPanel} from '../../components/problems/problem-panel.js';
import {Paragraph, Pending} from '../../components/text/paragraph.js';
import {useBody} from '../../hooks/use-body.js';
import {type KeyBinding} from '../../hooks/use-keys.js';
import {useSession, useSessionState} from '../../hooks/use-session.js';
import {completedAnswers} from '../../../session/state/defaults.js';
import {rulesText} from '../../../session/state/rules-text.js';

const keyOf = ({name}: BucketSummary): string => name;
const noBuckets: readonly BucketSummary[] = [];

/** Which bucket is looked at: all of the profile's account, with the rules of those in sight. */
export const ReplicationsScreen = () => {
	const session = useSession();
	const state = useSessionState();
	const {sourceProfile} = completedAnswers(state);
	const profile = sourceProfile ?? '';
	const again = (): void => void session.loadBuckets(profile, true);
	useEffect(() => {
		void session.loadBuckets(profile);
	}, [session, profile]);
	const bindings: readonly KeyBinding[] = [
		...filterListKeys,
		{keys: ['escape'], label: 'back', action: () => session.back()},
		{keys: ['ctrl+r'], label: 'read again', action: again},
	];
	return (
		<Frame
			{...useWizardFrame()}
			bindings={bindings}
			helpNotes={['Rules are read of the buckets in sight. Nothing is changed by looking.']}
		>
			<Buckets profile={profile} />
		</Frame>
	);
};

const Buckets = ({profile}: {readonly profile: string}) => {
	const session = useSession();
	const {columns: width, rows} = useBody();
	const {buckets, rules, answers} = useSessionState();
	const found = buckets[profile];
	const items = found?.state === 'ready' ? found.value : noBuckets;
	const [{visible}, setShown] = useState<ShownRows<BucketSummary>>({visible: [], highlighted: undefined});
	useEffect(() => {
		for (const bucket of visible) void session.loadRules(bucket);
	}, [session, visible]);
	const columns = useMemo(
		(): ReadonlyArray<ListColumn<BucketSummary>> => [
			{title: 'BUCKET', width: Math.floor(width * 0.4), textOf: keyOf, cut: 'middle'},
			{title: 'REGION', width: 14, textOf: ({region}) => region, roleOf: () => 'secondary'},
			{title: 'RULES', width: 'rest', textOf: ({name}) => rulesText(rules[name])},
		],
		[rules, width],
	);
	const textsOf = useCallback(
		({name, region}: BucketSummary) => [name, region, rulesText(rules[name])],
		[rules],
	);

	if (found?.state === 'failed') return <ProblemPanel {...found.problem} />;
	if (found?.state !== 'ready') return <Pending text="Listing the buckets" />;
	return (
		<>
			<Paragraph role="strong" text="Which bucket is replicated?" />
			<FilterList
				items={items}
				keyOf={keyOf}
				textsOf={textsOf}
				columns={columns}
				noun="buckets"
				width={width}
				rows={rows - 1}
				emptyText="No bucket matches. Esc clears the filter."
				noneText="This account has no buckets. Press Esc and choose another profile."
				initialKey={answers.sourceBucket}
				onShow={setShown}
				onChoose={({name, region}) => {
					session.answer('replications', {sourceBucket: name, sourceRegion: region});
					session.next();
				}}
			/>
		</>
	);
};
