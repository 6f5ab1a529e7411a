const kept = 'what is already right is kept';

/** The last step of most problems: a run that is made again keeps what stands. */
export const runAgain = (how = 'Run this again'): string => `${how}: ${kept}.`;

/** What is said in its place where nothing stands any more. */
export const startAnew = 'Start again: a new sandbox begins from nothing.';

/** Steps as they are true once an embedded sandbox is gone, with all that was made in it. */
export const stepsAfterSandbox = (steps: readonly string[]): readonly string[] =>
	steps.map((step) => (step.includes(kept) ? startAnew : step));
