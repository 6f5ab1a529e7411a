/** What is not shown of a bucket with ACLs whose objects belong to several accounts. */
export function othersUnreadableText(bucket: string): string {
	return `Files of other accounts in ${bucket} are left out: this profile may not read them.`;
}
