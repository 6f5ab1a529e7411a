/** What every write of an undo has in common: it is about what was there before, and nothing is expected to go away by itself. */
export const undoing = {isNew: false, retryRuleFor: () => undefined} as const;
