/** Whether a terminal shows letters beyond ASCII, by its locale. Source: POSIX, "Environment Variables", 8.2. */
export const hasUnicode = ({
	TERM: term,
	LC_ALL: all,
	LC_CTYPE: characterType,
	LANG: language,
}: Readonly<Record<string, string | undefined>>): boolean => {
	// The Linux console's font has few of the signs.
	if (term === 'linux' || term === 'dumb') return false;
	// POSIX: the first of these that is set and not empty decides.
	const locale = all || characterType || language;
	// Where none is set (containers, Windows), terminals of today are UTF-8.
	return !locale || /utf-?8/i.test(locale);
};
