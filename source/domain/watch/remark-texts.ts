import type {Problem} from '../problem.js';

/** What becomes of files whose status this profile may not ask for. */
export function statusLostText({headline}: Pick<Problem, 'headline'>): string {
	return `${headline}. Such files count as replicated once they have arrived.`;
}

/** What is not shown of a bucket with ACLs whose objects belong to several accounts. */
export function othersUnreadableText(bucket: string): string {
	return `Files of other accounts in ${bucket} are left out: this profile may not read them.`;
}

/** Tells that S3's own reason is another than the one that was read from the set-up. */
export function reasonsDifferText({
	destination,
	reason,
	inferred,
}: {
	readonly destination: string;
	readonly reason: string;
	readonly inferred: string;
}): string {
	return `S3 says ${reason} of files to ${destination}, and the set-up read here says ${inferred}: S3's word counts.`;
}

/** What a watch leaves out that may not write to a destination that leads back. */
export function wayBackRefusedText(bucket: string): string {
	return `Cannot write to ${bucket}: the way back from there is not tested`;
}
