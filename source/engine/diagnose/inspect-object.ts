import type {BucketReference, Connection} from '../../aws/ports.js';
import type {DiagnosedObject} from '../../domain/diagnose/diagnosed-object.js';
import {likelyKeys} from '../../domain/diagnose/likely-keys.js';
import {fixable, ProblemError, problemFrom} from '../../domain/problem.js';
import {quoted} from '../../domain/text/shell-word.js';

/**
 * What the source tells of a version, or of the latest one of a key: a delete marker, where that is the latest. Throws the problem of a
 * key that nothing is known of, with one that is there and may be meant, and of what may not be read.
 */
export async function inspectObject(
	reference: BucketReference,
	{objects}: Connection,
	{key, versionId}: {readonly key: string; readonly versionId?: string},
	nowMs: number,
	signal?: AbortSignal,
): Promise<DiagnosedObject> {
	const found = await objects.describeVersion(reference, {key, versionId}, signal).catch((error: unknown) => {
		if (signal?.aborted || !(error instanceof ProblemError)) throw error;
		// An object of another account may be closed to the bucket's own: that is an answer, too.
		if (error.answer?.httpStatus === 403) return {state: 'refused', error} as const;
		// Whoever does not bring the key of an object with SSE-C gets 400 without a word, as for much else; not verified on AWS.
		if (error.answer?.httpStatus === 400) return {state: 'sealed', error} as const;
		throw error;
	});
	switch (found.state) {
		case 'marker': {
			return {key, versionId: versionId ?? '', isDeleteMarker: true, tags: {isRead: true, value: []}};
		}

		case 'refused': {
			const known = versionId ?? (await latestOf(reference, objects, key, signal));
			if (known === undefined) throw found.error;
			return {key, versionId: known, isRefused: true};
		}

		case 'sealed': {
			const latest = await latestOf(reference, objects, key, signal);
			if (latest === undefined) throw found.error;
			return {key, versionId: versionId ?? latest, encryption: {kind: 'customer'}};
		}

		case 'absent': {
			if (versionId !== undefined) return {key, versionId, isGone: true};
			const {versions, markers} = await objects.listVersions(reference, {prefix: key}, signal);
			const marker = markers.find((one) => one.key === key);
			if (!marker) {
				const meant = await keyMeant(reference, objects, key, signal);
				throw new ProblemError(notFound(key, reference.bucket, meant ?? versions[0]?.key));
			}

			return {key, versionId: marker.versionId, isDeleteMarker: true, tags: {isRead: true, value: []}};
		}

		case 'existing': {
			const {state: _state, lastModified, ...told} = found;
			const tags = await objects.getTags(reference, {key, versionId: found.versionId}, signal).then(
				(value) => ({isRead: true, value}) as const,
				(error: unknown) => {
					if (signal?.aborted) throw error;
					return {isRead: false, cause: problemFrom(error).headline} as const;
				},
			);
			return {
				key,
				...told,
				tags,
				...(lastModified === undefined ? {} : {ageMs: Math.max(0, nowMs - lastModified)}),
			};
		}
	}
}

/** The latest version by the list of the bucket, which needs no right to the object itself. */
async function latestOf(
	reference: BucketReference,
	objects: Connection['objects'],
	key: string,
	signal?: AbortSignal,
): Promise<string | undefined> {
	const {versions} = await objects.listVersions(reference, {prefix: key}, signal);
	return versions.find((one) => one.key === key)?.versionId;
}

/** The key that is there, and that somebody likely means who asks about another; nothing where the bucket may not be listed. */
async function keyMeant(
	reference: BucketReference,
	objects: Connection['objects'],
	typed: string,
	signal?: AbortSignal,
): Promise<string | undefined> {
	for (const key of likelyKeys(typed, reference.bucket))
		if ((await latestOf(reference, objects, key, signal)) !== undefined) return key;
	return undefined;
}

/** @param near a key that is there, and that may be meant */
function notFound(key: string, bucket: string, near: string | undefined) {
	return fixable(
		'object-not-found',
		`Cannot diagnose ${key}: it does not exist`,
		`${bucket} has no version of ${key}.${near === undefined ? '' : ` It has ${near}.`}`,
		near === undefined
			? ['Check the key: it is case-sensitive.']
			: [`If that is meant: the same command with --key ${quoted(near)}`],
	);
}
