/** The destination of a rule that is there: S3 refuses every configuration with a rule to one that is gone or not versioned. */
export type RuleDestination = {
	readonly bucket: string;
	/** `unknown`: it may not be read. */
	readonly state: 'versioned' | 'unversioned' | 'gone' | 'unknown';
};
