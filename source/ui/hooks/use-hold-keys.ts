import {createContext, useContext, useLayoutEffect} from 'react';
import {useKeyLayer} from './key-root.js';
import {createKeyHold, type KeyHold} from '../terminal/key-hold.js';

export const KeyHoldContext = createContext<KeyHold>(createKeyHold());

/**
 * Lets keys that were typed ahead wait while the screen gets ready to act on them, no longer than a `KeyHold` holds. Ctrl-C never waits.
 *
 * @param isBusy holds while true
 */
export const useHoldKeys = (isBusy: boolean): void => {
	const keyHold = useContext(KeyHoldContext);
	const {isActive} = useKeyLayer();
	// What covers the screen is ready: it gets the keys.
	const holds = isBusy && isActive;
	useLayoutEffect(() => (holds ? keyHold.hold() : undefined), [keyHold, holds]);
};
