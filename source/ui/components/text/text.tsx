import {Text as InkText, type TextProps} from 'ink';
import {createElement, type ReactNode} from 'react';
import {visibleText} from '../../../domain/text/visible-text.js';

/** Ink hands on the escape sequences that are in a text, colours and links included. */
const shown = (node: ReactNode): ReactNode => {
	if (typeof node === 'string') return visibleText(node);
	return Array.isArray(node) ? (node as readonly ReactNode[]).map(shown) : node;
};

/**
 * Ink's text, and the one door into what it draws: what others wrote is shown as visible escapes. What measures and cuts
 * texts (`truncate.ts`) counts the same escapes. A test holds that Ink's own is used nowhere else.
 */
export const Text = ({children, ...props}: TextProps) =>
	Array.isArray(children)
		? createElement(InkText, props, ...(children as readonly ReactNode[]).map(shown))
		: createElement(InkText, props, shown(children));
