import {limits} from '../../domain/limits.js';
import {spanText} from '../../domain/text/duration-text.js';
import {type Glyphs} from '../theme.js';

/** What the figures and signs of the watch mean, for the help. */
export const watchHelp = ({changed, minus, warning}: Glyphs): readonly string[] => [
	'PENDING, COMPLETED, FAILED and REPLICA are what S3 itself reports. FAILED is final: S3 does not try again.',
	`A delay runs from the end of the upload until the replica is seen. S3 is asked again and again, so it may have arrived earlier: 1.4 s ${minus}0.5 lies between 0.9 s and 1.4 s.`,
	`${warning} slow: under way for longer than ${spanText(limits.minSlowMs)}, or than 99 of 100 files took. That is no error. ${warning} not seen: the source says COMPLETED, and the destination does not have it. reported: only the source's word is known.`,
	`${changed} before a key: written by somebody else since the watch began; its delay runs from the last look before it was first seen.`,
	'When files fail or do not move, the set-up is read in the background. d shows each cause, its evidence and what to hand over. x plans the mend and sends failed files again.',
	'The price is that of the requests this watch made, at list prices; storage, transfer and replication are not in it.',
	'o uploads a file of this machine, followed and removed like the test files.',
	'e, in the wizard, exports what is set up (Terraform, AWS CLI).',
	'q ends the watch and leaves with the summary.',
];
