import {utcText} from '../text/utc-text.js';

/** What Object Lock says of one version. Source: S3 API Reference, HeadObject (x-amz-object-lock-retain-until-date, -legal-hold). */
export type VersionLock = {
	/** Milliseconds since 1970; absent without a retention. */
	readonly untilMs?: number;
	readonly hasLegalHold: boolean;
};

/** Whether it keeps the version from being deleted; a retention that has ended does not. */
export function isLockedAt({untilMs, hasLegalHold}: VersionLock, nowMs: number): boolean {
	return hasLegalHold || (untilMs !== undefined && untilMs > nowMs);
}

/** What keeps several versions: `locked until DATE`, the latest of them; a legal hold has no date. */
export function lockText(locks: readonly VersionLock[]): string {
	const dates = locks.flatMap(({untilMs}) => untilMs ?? []);
	return dates.length === 0
		? 'locked by a legal hold'
		: `locked until ${utcText(dates.reduce((latest, date) => Math.max(latest, date)))}`;
}
