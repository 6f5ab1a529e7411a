import {defaultChain} from '../answers/answers.js';

/** The profile as a tool is told of it; nothing where it is whatever the tool finds. */
export const namedProfile = (profile: string): string | undefined =>
	profile === defaultChain ? undefined : profile;
