/** A rule in the model's terms: its destination is the name of a bucket. */
export type ModelRule = {
	readonly id: string;
	/** Schema V1 has one rule here: without priority or tags, and it copies delete markers. */
	readonly schema: 'V1' | 'V2';
	readonly destination: string;
	readonly isEnabled: boolean;
	readonly priority: number;
	readonly prefix: string;
	/** Only objects with this value of the tag `team`; all where it is absent. */
	readonly team?: string;
	readonly copiesMarkers: boolean;
	readonly storageClass?: 'STANDARD_IA';
};

export type ModelVersion = {
	readonly key: string;
	readonly versionId: string;
	/** Counts the writes of all buckets; a replica has its source's. */
	readonly order: number;
	/** Absent in a delete marker. */
	readonly content: string | undefined;
	readonly storageClass: string;
	readonly isReplica: boolean;
	team: string | undefined;
	readonly copies: Map<string, 'PENDING' | 'COMPLETED' | 'FAILED'>;
};

export type ModelBucket = {rules: readonly ModelRule[]; versions: ModelVersion[]};

type Copy = {
	readonly bucket: string;
	readonly destination: string;
	readonly version: ModelVersion;
	/** Its replica is there already and is brought up to its tags. */
	readonly isChange: boolean;
};

/** What S3 keeps in some buckets and copies between them, without requests, permissions or time. */
export type ReplicationModel = {
	readonly buckets: ReadonlyMap<string, ModelBucket>;
	pending: Copy[];
	/** Every copy that ended: `bucket/key@version > destination: outcome`. */
	readonly ended: string[];
	writes: number;
};

export function makeModel(buckets: readonly string[]): ReplicationModel {
	return {
		buckets: new Map(buckets.map((name) => [name, {rules: [], versions: []}])),
		pending: [],
		ended: [],
		writes: 0,
	};
}

export function bucketOf(model: ReplicationModel, name: string): ModelBucket {
	const bucket = model.buckets.get(name);
	if (bucket === undefined) throw new Error(`The model has no bucket ${name}`);
	return bucket;
}

/** Writes a version, or a delete marker where there is no content, and demands what the rules of now demand. */
export function write(
	model: ReplicationModel,
	bucketName: string,
	written: Pick<ModelVersion, 'key' | 'versionId' | 'content' | 'team'>,
): void {
	const bucket = bucketOf(model, bucketName);
	model.writes += 1;
	const version: ModelVersion = {
		...written,
		order: model.writes,
		storageClass: 'STANDARD',
		isReplica: false,
		copies: new Map(),
	};
	bucket.versions.push(version);
	const enabled = bucket.rules.filter(({isEnabled}) => isEnabled);
	for (const destination of new Set(enabled.map((rule) => rule.destination))) {
		if (ruleFor(enabled, destination, version) !== undefined) {
			begin(model, {bucket: bucketName, destination, version, isChange: false});
		}
	}
}

/** Deletes a version for good: never replicated. */
export function remove(model: ReplicationModel, bucketName: string, version: ModelVersion): void {
	const bucket = bucketOf(model, bucketName);
	bucket.versions = bucket.versions.filter((other) => other !== version);
}

/** Gives a version another tag; its replicas follow where its bucket replicates, replicas' own changes stay with them. */
export function retag(
	model: ReplicationModel,
	bucketName: string,
	version: ModelVersion,
	team: string | undefined,
): void {
	version.team = team;
	if (version.isReplica || bucketOf(model, bucketName).rules.length === 0) return;
	for (const [destination, status] of version.copies) {
		if (status !== 'PENDING') begin(model, {bucket: bucketName, destination, version, isChange: true});
	}
}

/** Ends every copy that is pending, but for those whose rule was disabled meanwhile. */
export function copyPending(model: ReplicationModel): void {
	const attempted = model.pending;
	model.pending = [];
	for (const copy of attempted) {
		const outcome = attempt(model, copy);
		if (outcome === 'PENDING') model.pending.push(copy);
		else {
			copy.version.copies.set(copy.destination, outcome);
			const {key, versionId} = copy.version;
			model.ended.push(`${copy.bucket}/${key}@${versionId} > ${copy.destination}: ${outcome}`);
		}
	}
}

function begin(model: ReplicationModel, copy: Copy): void {
	copy.version.copies.set(copy.destination, 'PENDING');
	model.pending.push(copy);
}

function attempt(model: ReplicationModel, copy: Copy): 'PENDING' | 'COMPLETED' | 'FAILED' {
	const {version, destination} = copy;
	const source = bucketOf(model, copy.bucket);
	const target = bucketOf(model, destination);
	if (!source.versions.includes(version)) return 'FAILED';
	const enabled = source.rules.filter(({isEnabled}) => isEnabled);
	const rule = ruleFor(enabled, destination, version);
	if (rule === undefined) {
		return ruleFor(source.rules, destination, version) === undefined ? 'FAILED' : 'PENDING';
	}
	const replica = target.versions.find(({versionId}) => versionId === version.versionId);
	if (copy.isChange) {
		if (replica === undefined) return 'FAILED';
		replica.team = version.team;
		return 'COMPLETED';
	}
	target.versions.push({
		...version,
		storageClass: rule.storageClass ?? version.storageClass,
		isReplica: true,
		copies: new Map(),
	});
	return 'COMPLETED';
}

/** Of the rules to one destination that fit, the one of highest priority, if it copies such versions at all. */
function ruleFor(
	rules: readonly ModelRule[],
	destination: string,
	version: ModelVersion,
): ModelRule | undefined {
	const [winner] = rules
		.filter((rule) => rule.destination === destination && version.key.startsWith(rule.prefix))
		.filter((rule) => rule.team === undefined || rule.team === version.team)
		.sort((left, right) => right.priority - left.priority);
	return version.content === undefined && winner?.copiesMarkers !== true ? undefined : winner;
}
