import {createContext, useContext, useLayoutEffect} from 'react';
import {createKeyHold, type KeyHold} from '../terminal/key-hold.js';

export const KeyHoldContext = createContext<KeyHold>(createKeyHold());

/**
 * Lets keys that were typed ahead wait while the screen gets ready to act on them, two seconds at most. Ctrl-C never waits.
 *
 * @param isBusy holds while true
 */
export const useHoldKeys = (isBusy: boolean): void => {
	const keyHold = useContext(KeyHoldContext);
	useLayoutEffect(() => (isBusy ? keyHold.hold() : undefined), [keyHold, isBusy]);
};
