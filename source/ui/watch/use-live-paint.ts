import {useContext, useEffect, useLayoutEffect, useRef} from 'react';
import {ClockContext} from '../hooks/use-now.js';
import {usePainter} from '../hooks/use-painter.js';

/**
 * Paints in the data frame after a change, and once a second while something moves.
 *
 * @param subscribe calls the listener after every change; the same function while it is the same source
 * @param isMoving does time change what is seen? While false no timer runs and the time stands still
 * @returns the time to draw, milliseconds since 1970
 */
export const useLivePaint = (
	subscribe: (listener: () => void) => () => void,
	isMoving: () => boolean,
): (() => number) => {
	const clock = useContext(ClockContext);
	const painter = usePainter();
	const nowMs = useRef<number>(undefined);
	const latest = useRef(isMoving);
	useLayoutEffect(() => {
		latest.current = isMoving;
	});
	useEffect(() => {
		let endSeconds: (() => void) | undefined;
		const paint = (): void => {
			nowMs.current = clock.nowMs();
			painter.paint();
		};
		const update = (): void => {
			if (latest.current()) endSeconds ??= clock.everySecond(paint);
			else {
				endSeconds?.();
				endSeconds = undefined;
			}

			paint();
		};
		const end = subscribe(() => clock.requestFrame(update));
		update();
		return () => {
			end();
			clock.cancelFrame(update);
			endSeconds?.();
		};
	}, [clock, painter, subscribe]);
	return () => nowMs.current ?? clock.nowMs();
};
