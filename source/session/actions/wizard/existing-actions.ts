import {type Answers, defaultChain} from '../../../domain/answers/answers.js';
import {answerTable} from '../../../domain/answers/answer-table.js';
import type {BucketSummary} from '../../../domain/observed/observed.js';
import {problemFrom} from '../../../domain/problem.js';
import {locateBucket} from '../../../engine/locate-bucket.js';
import {loaded, loading} from '../../state/loadable.js';
import type {Errand} from '../../state/steps.js';
import type {DiagnoseActions} from '../diagnose/diagnose-actions.js';
import type {RunContext} from '../core/run-context.js';
import type {WatchActions} from '../watch/watch-deeds.js';

/** What a person does with a replication that exists. */
export type ExistingActions = {
	/** Says what is to be done: another errand asks anew. */
	readonly chooseErrand: (errand: Errand) => void;
	/** Reads the rules of a bucket, once. */
	readonly loadRules: (bucket: BucketSummary) => Promise<void>;
	/** Looks at every rule of the bucket that was chosen; what was found is in the state, and told by events where that is wanted. Changes nothing. */
	readonly diagnoseExisting: (options?: {readonly isTold: boolean}) => Promise<void>;
	/** Destinations are looked at with this profile, too, from the next look on. */
	readonly useDestinationProfile: (profile: string) => void;
	/** The same, and looks anew at every rule. */
	readonly nameDestinationProfile: (profile: string) => Promise<void>;
	/** Says whose prefix and tags test files of the watch have: those of one rule, where not all rules take the same files. */
	readonly chooseWatchedRule: (ruleId: string | undefined) => void;
	/** Goes to the plan for these answers: those of which a rule would be made. */
	readonly mendRule: (answers: Answers) => void;
	/** Follows what comes into the bucket; what failed before a mend is sent again. Nothing is uploaded before somebody asks for it. */
	readonly watchExisting: () => Promise<void>;
};

const parallelReads = 4;

export function createExistingActions(
	context: RunContext,
	{diagnose}: DiagnoseActions,
	{findReplication, watch}: WatchActions,
): ExistingActions {
	const {core, signal} = context;
	const {getState, dispatch} = core;
	let reading = 0;
	const waiting: Array<() => void> = [];
	let looks = 0;

	async function rulesOf({name, region}: BucketSummary) {
		const {sourceProfile = defaultChain} = getState().answers;
		const connection = await context.connection(sourceProfile);
		const located = await locateBucket(name, connection, region, signal);
		if (located.state !== 'existing') return [];
		return (await connection.buckets.getReplication(located.reference, signal))?.Rules ?? [];
	}

	/** Those that somebody named meanwhile, and the one of an option. */
	function namedProfiles(): readonly string[] {
		const {answers, destinationProfiles} = getState();
		const {destinationProfile} = answers;
		return [...new Set([destinationProfile ?? [], destinationProfiles].flat())];
	}

	const actions: ExistingActions = {
		chooseErrand(errand) {
			dispatch({type: 'errand-chosen', errand});
		},
		async loadRules(bucket) {
			if (getState().rules[bucket.name]) return;
			dispatch({type: 'rules-loaded', bucket: bucket.name, rules: loading});
			if (reading >= parallelReads) await new Promise<void>((resolve) => waiting.push(resolve));
			reading++;
			const rules = await loaded(async () => rulesOf(bucket));
			reading--;
			waiting.shift()?.();
			dispatch({type: 'rules-loaded', bucket: bucket.name, rules});
		},
		async diagnoseExisting({isTold} = {isTold: false}) {
			const {answers} = getState();
			const {sourceBucket = ''} = answers;
			const destinationProfiles = namedProfiles();
			const look = ++looks;
			dispatch({type: 'diagnosis-loaded', diagnosis: loading});
			const request = {sourceBucket, answers, destinationProfiles, isQuiet: !isTold};
			const diagnosis = await loaded(async () => diagnose(request));
			if (look === looks) dispatch({type: 'diagnosis-loaded', diagnosis});
		},
		useDestinationProfile(profile) {
			dispatch({type: 'destination-profile-named', profile});
		},
		async nameDestinationProfile(profile) {
			actions.useDestinationProfile(profile);
			await actions.diagnoseExisting();
		},
		chooseWatchedRule(ruleId) {
			dispatch({type: 'watched-rule-chosen', ruleId});
		},
		mendRule(answers) {
			dispatch({type: 'mend-opened', answers});
		},
		async watchExisting() {
			const {answers, phase, watchedRuleId: wantedRuleId} = getState();
			const {sourceBucket = ''} = answers;
			try {
				const found = await findReplication(sourceBucket, answers, namedProfiles(), {wantedRuleId});
				await watch({
					...found,
					...{staysOpen: true, followsOthers: true, resendsFailed: phase === 'applied'},
					fileCount: 0,
					fileSizeBytes: answerTable.testFileSizeBytes.defaultOf(),
				});
			} catch (error) {
				dispatch({type: 'watch-prevented', problem: problemFrom(error)});
			}
		},
	};
	return actions;
}
