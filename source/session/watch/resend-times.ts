import type {RunEvent, Stamped} from '../../domain/event.js';

/** Failed files that are sent again by themselves, and the next of those times. */
export type Resending = {
	readonly count: number;
	/** Milliseconds since 1970. */
	readonly nextAt: number;
	/** Which of the tries that is. */
	readonly number: number;
	readonly of: number;
};

/** When which failed file is sent again by itself. */
type ResendTimes = {
	readonly fold: (event: Stamped<RunEvent>) => void;
	readonly waiting: () => Resending | undefined;
};

export function createResendTimes(): ResendTimes {
	const times = new Map<string, Omit<Resending, 'count'>>();
	return {
		fold(event) {
			switch (event.type) {
				case 'watch-started':
					// The last watch's queue has ended with it.
					times.clear();
					return;
				case 'object-failed': {
					const {key, sendingAgain, at} = event;
					if (!sendingAgain) return;
					const {number, of, delayMs} = sendingAgain;
					times.set(key, {nextAt: at + delayMs, number, of});
					return;
				}

				case 'object-resent':
				case 'object-uploaded':
					times.delete(event.key);
					return;
				default:
					return;
			}
		},
		waiting() {
			let next: Omit<Resending, 'count'> | undefined;
			for (const one of times.values()) if (!next || one.nextAt < next.nextAt) next = one;
			return next && {count: times.size, ...next};
		},
	};
}
