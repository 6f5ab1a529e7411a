import {quoted} from '../text/shell-word.js';
import {defaultChain} from './answers.js';

/** What names a profile in a command of the AWS CLI, with a space before it; nothing for the default chain, which has no name. */
export function profileOption(profile: string): string {
	return profile === defaultChain ? '' : ` --profile ${quoted(profile)}`;
}
