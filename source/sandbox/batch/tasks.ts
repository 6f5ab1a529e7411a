/** One object of a job. Versions of a bucket are tasks as they are, so that a large job costs a reference for each. */
export type Task = {
	readonly key: string;
	/** Absent where a manifest names none: then the current version is meant. */
	readonly versionId: string | undefined;
};

/** What a job works on: objects of one bucket, which may not be there. */
export type TaskList = {readonly bucketName: string; readonly tasks: readonly Task[]};
