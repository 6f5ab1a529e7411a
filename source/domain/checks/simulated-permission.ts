export type SimulatedDecision = 'allowed' | 'explicitDeny' | 'implicitDeny';

/** What IAM's simulation says about one action on one resource. */
export type SimulatedPermission = {
	readonly action: string;
	readonly resource: string;
	readonly decision: SimulatedDecision;
	/** Condition keys that statements ask for and the simulation was not told. */
	readonly missingContext: readonly string[];
	/** The policies whose statements decided. */
	readonly policies: readonly string[];
};
