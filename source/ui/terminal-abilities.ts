import {hasUnicode} from '../domain/text/has-unicode.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** What the terminal can show, decided once before Ink is loaded. */
export type TerminalAbilities = {
	readonly hasColour: boolean;
	readonly hasUnicode: boolean;
	/**
	 * Set as `FORCE_COLOR` before Ink is imported: chalk reads it at import, and on its own ignores `NO_COLOR`.
	 */
	readonly forceColor: '0' | '1';
};

const hasColour = (environment: Environment, isColourRefused: boolean): boolean => {
	const {NO_COLOR: noColor, FORCE_COLOR: forceColor, TERM: term} = environment;
	if (isColourRefused) return false;
	// https://no-color.org: any value but the empty one.
	if (noColor !== undefined && noColor !== '') return false;
	if (forceColor !== undefined) return forceColor !== '0' && forceColor !== 'false';
	return term !== 'dumb';
};

/**
 * Colour: off with `--no-color`, `NO_COLOR`, `FORCE_COLOR=0` or `TERM=dumb`. Unicode: by the locale, never on the Linux
 * console.
 *
 * The caller decides before the first import of Ink:
 * `process.env.FORCE_COLOR = abilities.forceColor; const {renderApp} = await import('./ui/app/render-app.js')`.
 *
 * @param isColourRefused was `--no-color` given
 */
export const decideAbilities = (environment: Environment, isColourRefused: boolean): TerminalAbilities => {
	const isColoured = hasColour(environment, isColourRefused);
	return {
		hasColour: isColoured,
		hasUnicode: hasUnicode(environment),
		forceColor: isColoured ? '1' : '0',
	};
};
