/** What every screen of the wizard is given; the rest it takes from the session. */
export type ScreenProps = {
	/** Ends the wizard: the terminal is given back and the summary printed. */
	readonly onLeave: () => void;
};
