import {type DOMElement} from 'ink';
import {type PaintedArea} from './frame-writer.js';

/** Yoga's DISPLAY_NONE. */
const displayNone = 1;

/** Where Ink has laid out an element, from the screen's upper left corner; nothing where it is not shown. */
export const placeOf = (element: DOMElement | null): ReturnType<PaintedArea['place']> => {
	if (!element?.yogaNode) return undefined;
	const columns = element.yogaNode.getComputedWidth();
	const rows = element.yogaNode.getComputedHeight();
	let left = 0;
	let top = 0;
	for (let node: DOMElement | undefined = element; node; node = node.parentNode) {
		if (Number(node.yogaNode?.getDisplay()) === displayNone) return undefined;
		left += node.yogaNode?.getComputedLeft() ?? 0;
		top += node.yogaNode?.getComputedTop() ?? 0;
	}

	return {left, top, columns, rows};
};
