import {
	createContext,
	useCallback,
	useContext,
	useLayoutEffect,
	useMemo,
	useState,
	type ReactNode,
} from 'react';
import type {SessionState} from '../../../session/state/session-state.js';
import {createEventLines, type DescribeEvent} from '../../event-lines.js';
import {KeyLayer} from '../../hooks/key-root.js';
import {useKeys, type KeyBinding} from '../../hooks/use-keys.js';
import {useScrollback} from '../../hooks/use-scrollback.js';
import {useSession, useSessionValues} from '../../hooks/use-session.js';

type PlainStreamProps = {
	readonly describe: DescribeEvent;
	/** The screens. They go on meanwhile, and hear no keys. */
	readonly children: ReactNode;
};

const intro = 'Plain lines, to be read and copied. S shows the view again.';

const OpenContext = createContext<() => void>(() => undefined);

/** The key that leads from the view to plain lines. */
export const usePlainStreamKey = (): KeyBinding => ({
	keys: ['S'],
	label: 'plain lines',
	action: useContext(OpenContext),
});

/** Whether everything goes on by itself: what a person has to see or answer is told by a screen alone. */
const goesOnByItself = ({phase, undoing, signInQuestion}: SessionState): boolean =>
	signInQuestion === undefined &&
	(phase === 'applying' || phase === 'watching' || (phase === 'applied' && undoing === undefined));

/**
 * Writes what happens as plain lines into the terminal's scrollback, in the place of the drawn screen: everything since
 * the run began, or since it was last shown so. The screen comes back with S or Esc, and by itself when a person is needed.
 */
export const PlainStream = ({describe, children}: PlainStreamProps) => {
	const session = useSession();
	const scrollback = useScrollback();
	const lines = useMemo(() => createEventLines(describe), [describe]);
	const {isOffered} = useSessionValues((state) => ({isOffered: goesOnByItself(state)}));
	const [isWanted, setIsWanted] = useState(false);
	// What ended the lines by itself does not bring them back when it is over.
	if (isWanted && !isOffered) setIsWanted(false);
	const isOpen = isWanted && isOffered;
	const open = useCallback(() => setIsWanted(true), []);
	const close = useCallback(() => setIsWanted(false), []);

	useLayoutEffect(() => session.onEvent(lines.add), [session, lines]);
	useLayoutEffect(() => {
		if (!isOpen) return undefined;
		scrollback.open();
		scrollback.write([intro]);
		const end = lines.read(scrollback.write);
		return () => {
			end();
			scrollback.close();
		};
	}, [isOpen, scrollback, lines]);
	useKeys([{keys: ['S', 'escape'], label: 'view', action: close}], {isActive: isOpen});
	return (
		<OpenContext value={open}>
			<KeyLayer isActive={!isOpen}>{children}</KeyLayer>
		</OpenContext>
	);
};
