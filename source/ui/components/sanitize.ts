/** C0 and C1 control characters, line and paragraph separators, and the marks and overrides of text direction. */
const unsafe =
	/[\u0000-\u001F\u007F-\u009F\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF\uFFF9-\uFFFB]/g;

/**
 * Makes a text from outside (an object key, a profile name, a message) safe to print: each character that could steer
 * the terminal, or show a name as another one, becomes `?`.
 */
export const sanitize = (text: string): string => text.replace(unsafe, '?');
