/** Whether a text says yes: `y`, `yes`, in any case. */
export const isYes = (text: string): boolean => /^y(?:es)?$/i.test(text.trim());

/** Whether a text says no: `n`, `no`, in any case. What is neither is a slip of the fingers. */
export const isNo = (text: string): boolean => /^no?$/i.test(text.trim());
