import {receiptCommandOf} from '../answers/command-line.js';
import {isRecord, jsonIn} from '../../policy/json-shape.js';

/** A hand-over that the source's owner has written and that has not been gone on with to its end. It names files and profiles of this machine, no secrets. */
export type OpenHandOver = {
	/** The hash of its receipt, confirmed or not. */
	readonly id: string;
	/** Where its receipt is, and is looked for when it comes back. */
	readonly file: string;
	/** When it was written, in milliseconds since 1970. */
	readonly at: number;
	readonly sourceProfile: string;
	readonly sourceBucket: string;
	readonly destinationBucket: string;
	readonly destinationAccountId: string;
	/** Where the calls of its profile went; `null`: AWS. */
	readonly endpointUrl: string | null;
};

/** One that is listed: whether the file says by now that the other side is done. */
export type ListedHandOver = OpenHandOver & {readonly isConfirmed: boolean};

/** When it was written and what it waits for, as a list says it; in few words where there is little room. */
export function waitsText({at, isConfirmed, destinationAccountId}: ListedHandOver, isShort: boolean): string {
	const [day, time] = new Date(at).toISOString().slice(0, 16).split('T');
	const does = isConfirmed ? 'confirmed by' : 'waits for';
	return isShort
		? `${day}, ${does} ${destinationAccountId}`
		: `${day} ${time} UTC, ${does} the owner of ${destinationAccountId}`;
}

/** An open hand-over as lines: what it waits for, and the command that goes on with it. */
export function handOverLines(one: ListedHandOver): readonly string[] {
	const {file, sourceProfile, sourceBucket, destinationBucket, endpointUrl, isConfirmed} = one;
	const apply = receiptCommandOf('apply', file, {sourceProfile}, endpointUrl);
	return [
		`Hand-over of ${waitsText(one, false)}: ${sourceBucket} → ${destinationBucket}`,
		`  ${isConfirmed ? 'Go on' : 'Once its file is back, go on'}: ${apply}`,
	];
}

/** An open hand-over as a file says it; nothing where that is something else. */
export function readOpenHandOver(text: string): OpenHandOver | undefined {
	const found = jsonIn(text);
	if (!isRecord(found)) return undefined;
	const {at, endpointUrl} = found;
	const texts = [
		...['id', 'file', 'sourceProfile', 'sourceBucket'],
		...['destinationBucket', 'destinationAccountId'],
	];
	const isWhole =
		texts.every((name) => typeof found[name] === 'string') &&
		Number.isFinite(at) &&
		(endpointUrl === null || typeof endpointUrl === 'string');
	return isWhole ? (found as unknown as OpenHandOver) : undefined;
}
