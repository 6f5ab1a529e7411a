import {closeSync, openSync, unlinkSync, writeFileSync} from 'node:fs';
import {type LockResult, takeLock} from '../../source/commands/lock/take-lock.js';

/** What a process that takes locks is asked to do. It stops itself at a step of the taking, counted from 1, where that is wished for. */
export type LockOrder =
	| {readonly do: 'take'; readonly file: string; readonly stopAt?: number}
	/** Takes it, and lets go at once. */
	| {readonly do: 'pass'; readonly file: string}
	| {readonly do: 'release'};

export type LockAnswer = {
	readonly is: LockResult['is'] | 'released';
	/** Whether another process was inside at the same time. */
	readonly overlaps: boolean;
	readonly steps: readonly string[];
};

let release: (() => Promise<void>) | undefined;

process.on('message', (order: LockOrder) => {
	void answer(order).then((found) => process.send?.(found));
});
process.on('disconnect', () => process.exit());
process.send?.('ready');

async function answer(order: LockOrder): Promise<LockAnswer> {
	if (order.do === 'release') {
		await release?.();
		release = undefined;
		return {is: 'released', overlaps: false, steps: []};
	}

	const steps: string[] = [];
	const result = await takeLock(order.file, (step) => {
		steps.push(step);
		if (order.do !== 'take' || steps.length !== order.stopAt) return;
		writeFileSync(`${order.file}-stopped`, step);
		process.kill(process.pid, 'SIGSTOP');
	});
	if (result.is === 'held') return {is: 'held', overlaps: false, steps};
	release = result.release;
	if (order.do === 'take') return {is: 'taken', overlaps: false, steps};
	const overlaps = !enters(`${order.file}-inside`);
	await result.release();
	return {is: 'taken', overlaps, steps};
}

function enters(file: string): boolean {
	try {
		closeSync(openSync(file, 'wx'));
		unlinkSync(file);
		return true;
	} catch {
		return false;
	}
}
