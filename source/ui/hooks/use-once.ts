import {useEffect, useRef} from 'react';

/** Does something once, when the screen is there. */
export const useOnce = (action: () => void): void => {
	const hasStarted = useRef(false);
	useEffect(() => {
		if (hasStarted.current) return;
		hasStarted.current = true;
		action();
	});
};
