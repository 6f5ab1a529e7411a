import {type KeyBinding} from './use-keys.js';
import {useSession} from './use-session.js';

/** The keys that lead out of a step of the wizard: to the one before, and to the end. */
export const useLeaveKeys = (onLeave: () => void): Readonly<Record<'back' | 'quit', KeyBinding>> => {
	const session = useSession();
	return {
		back: {keys: ['escape'], label: 'back', action: () => session.back()},
		quit: {keys: ['q'], label: 'quit', action: onLeave},
	};
};
