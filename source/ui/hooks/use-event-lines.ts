import {createContext, useContext, useEffect, useRef} from 'react';
import type {RunEvent, Stamped} from '../../domain/event.js';
import {useSession} from './use-session.js';

/** An event in the words of the line output. */
export type DescribeEvent = (event: Stamped<RunEvent>) => readonly string[];

export const DescribeContext = createContext<DescribeEvent>(() => []);

const keptEvents = 500;

/** What happened while the screen was there, in words; the newest last. Made only when asked for. */
export const useEventLines = (): (() => readonly string[]) => {
	const session = useSession();
	const describe = useContext(DescribeContext);
	const events = useRef<Array<Stamped<RunEvent>>>([]);
	useEffect(
		() =>
			session.onEvent((event) => {
				events.current.push(event);
				// Half at a time, so that not every event moves all of them.
				if (events.current.length > 2 * keptEvents) events.current.splice(0, keptEvents);
			}),
		[session],
	);
	return () => events.current.slice(-keptEvents).flatMap((event) => describe(event));
};
