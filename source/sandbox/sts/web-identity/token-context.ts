import {type Tag} from '@aws-sdk/client-sts';
import {notImplemented} from '../../iam/errors.js';
import {type WebIdentity} from './check-token.js';

/**
 * The condition keys of a token: its provider's URL, a colon and the claim (IAM User Guide,
 * reference_policies_iam-condition-keys). `aud` is the audience that was taken.
 */
export function tokenContextOf({
	provider,
	subject,
	audience,
	claims: {amr},
}: WebIdentity): Readonly<Record<string, string | readonly string[]>> {
	const methods = [amr].flat().filter((method) => typeof method === 'string');
	return {
		'aws:FederatedProvider': provider.arn,
		[`${provider.url}:aud`]: audience,
		[`${provider.url}:sub`]: subject,
		...(methods.length === 0 ? {} : {[`${provider.url}:amr`]: methods}),
	};
}

/** The tags that a token gives its session (IAM User Guide, id_session-tags, "AssumeRoleWithWebIdentity"). */
export function tokenTagsOf({claims}: WebIdentity): {
	readonly Tags: Tag[] | undefined;
	readonly TransitiveTagKeys: string[] | undefined;
} {
	if (claims['https://aws.amazon.com/source_identity'] !== undefined) {
		throw notImplemented('the source identity of AssumeRoleWithWebIdentity');
	}
	const given = claims['https://aws.amazon.com/tags'] as
		| {principal_tags?: Record<string, unknown>; transitive_tag_keys?: unknown}
		| undefined;
	const tags = Object.entries(given?.principal_tags ?? {}).map(([Key, value]) => ({
		Key,
		Value: textOf([value].flat()[0]),
	}));
	const keys = [given?.transitive_tag_keys].flat().filter((key) => typeof key === 'string');
	return {
		Tags: tags.length === 0 ? undefined : tags,
		TransitiveTagKeys: keys.length === 0 ? undefined : keys,
	};
}

/** A claim as a tag's value; where it is no plain value, as JSON. */
function textOf(claim: unknown): string {
	if (claim === undefined || claim === null) return '';
	return typeof claim === 'string' ? claim : JSON.stringify(claim);
}
