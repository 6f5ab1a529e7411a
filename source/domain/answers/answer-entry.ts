import type {Mode} from './mode.js';
import type {Profile} from '../profile.js';
import type {Option} from './option.js';

/** What a default is made from: what has been answered, what is known, and the defaults of other answers. */
export type DefaultContext = {
	readonly isSandbox: boolean;
	readonly profiles: readonly Profile[];
	/** Makes names unique where nothing better does. */
	readonly randomSuffix: string;
	/** Undefined while nobody has asked who the profile is. */
	readonly accountIdOf: (profile: string) => string | undefined;
	readonly partitionOf: (profile: string) => string;
	readonly mode: Mode;
	/** What has been answered, or its default. */
	readonly valueOf: (name: PlaceName) => string;
};

/** The answers that other defaults are made from. */
export type PlaceName =
	| 'sourceProfile'
	| 'destinationProfile'
	| 'sourceRegion'
	| 'destinationRegion'
	| 'sourceBucket'
	| 'destinationBucket';

/** What says that an answer cannot be used. */
export type Refusal = {
	readonly code: string;
	/** What is wrong, such as: Cannot use “x” as the role's name. */
	readonly headline: (value: string) => string;
	readonly nextStep: string;
};

/** A group of the Options screen. */
export type OptionSection = 'rule' | 'encryption' | 'role';

/** A field of the Options screen. */
export type AnswerField = {
	readonly label: string;
	/** The group it stands in, where that does not follow from what it is about. */
	readonly section?: OptionSection;
	/** What it does, in a sentence. */
	readonly note: string;
	/** What it costs, with the date of the price; absent where it costs nothing. */
	readonly cost?: string;
	/** When one wants it. */
	readonly wantedFor?: string;
	/** What stands there where nothing was answered and nothing is derived. */
	readonly empty?: string;
	/** The field that is on wherever this one is. */
	readonly turnsOn?: 'metrics';
	/** The field that has to be on for this one to mean anything: it is shown, and asked for, only then. */
	readonly shownWith?: 'twoWay';
	/** What an empty field means, shown in its place. */
	readonly emptyText?: string;
};

/** One thing that a person decides: everything that is to be said of it, in one place. */
export type AnswerEntry = Option & {
	readonly group: 'answers' | 'run';
	/** What it is about. */
	readonly belongsTo:
		| 'mode'
		| 'accounts'
		| 'buckets'
		| 'role'
		| 'rule'
		| 'others'
		| 'way-back'
		| 'test-files';
	/** Whether a run's record says it by this name; the ends are recorded as the run found them. */
	readonly isRecorded?: boolean;
	/** How it is asked in a line, and what `?` says of it; by default its label or what it does, and the note of its field. */
	readonly question?: {readonly text: string; readonly help: string};
	/** Whether it is asked at all with these answers; always, if it is not said. */
	readonly isAsked?: (others: {readonly mode?: Mode}) => boolean;
	/** How the Options screen shows it; absent: it is asked elsewhere, or by its flag alone. */
	readonly field?: AnswerField;
	/** What is wrong with a value, or nothing. */
	readonly faultOf?: (value: string) => string | undefined;
	readonly refusal?: Refusal;
	/** What a value that is accepted may mean otherwise than it looks, or nothing. */
	readonly remarkOf?: (value: string) => string | undefined;
	/** Whether the equivalent command says the same without it. */
	readonly isImplied?: (
		value: unknown,
		others: {readonly mode?: Mode; readonly sourceProfile?: string; readonly sourceBucket?: string},
	) => boolean;
	/** The default, where there is one. */
	readonly defaultOf?: (context: DefaultContext) => string | number;
};

/** What a field of the Options screen costs beside replication itself. */
export function fieldCost({cost}: Pick<AnswerField, 'cost'>): string {
	return cost ?? 'No extra cost.';
}
