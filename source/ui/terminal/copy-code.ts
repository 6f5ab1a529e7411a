/** What terminals take at most: longer texts are dropped whole by some. */
const maxBytes = 74_000;

/**
 * The escape code (OSC 52) that puts a text into the clipboard of the terminal, also over SSH; empty where it is too long. Ends with BEL,
 * which every terminal knows. Inside tmux it is sent twice: as it is, for `set-clipboard on`, and wrapped, for `allow-passthrough on`.
 * GNU screen passes on what is wrapped alone.
 *
 * @param environment tells what the terminal runs in
 */
export const copyCode = (
	text: string,
	{TMUX: tmux, STY: screen}: Readonly<Record<string, string | undefined>> = {},
): string => {
	if (Buffer.byteLength(text) > maxBytes) return '';
	const code = `\u001B]52;c;${Buffer.from(text).toString('base64')}\u0007`;
	if (tmux) return `${code}\u001BPtmux;${code.replaceAll('\u001B', '\u001B\u001B')}\u001B\\`;
	return screen ? `\u001BP${code}\u001B\\` : code;
};
