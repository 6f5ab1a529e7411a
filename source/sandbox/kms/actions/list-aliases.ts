import {type AliasListEntry, type ListAliasesRequest, type ListAliasesResponse} from '@aws-sdk/client-kms';
import {type KmsAction} from '../action.js';
import {aliasArn, findKey} from '../find-key.js';
import {kmsError} from '../errors.js';
import {managedAliasName} from '../managed-key.js';
import {pageOf} from '../page.js';

const usualItems = 50;

/** One that S3 has not yet made a key for is listed without one (KMS API reference, ListAliases). */
export const listAliases: KmsAction<ListAliasesRequest, ListAliasesResponse> = {
	name: 'ListAliases',
	run({world, identity, region, input, requireRight}) {
		requireRight('kms:ListAliases', '*');
		const place = {accountId: identity.accountId, region};
		const known: AliasListEntry[] = [...world.kmsAliases.values()]
			.filter((alias) => alias.accountId === place.accountId && alias.region === region)
			.map(({name, arn, targetKeyId, createdMs, updatedMs}) => ({
				AliasName: name,
				AliasArn: arn,
				TargetKeyId: targetKeyId,
				CreationDate: new Date(createdMs),
				LastUpdatedDate: new Date(updatedMs),
			}));
		const isManagedThere = known.some(({AliasName}) => AliasName === managedAliasName);
		const all = isManagedThere
			? known
			: [...known, {AliasName: managedAliasName, AliasArn: aliasArn(place, managedAliasName)}];
		const wanted = wantedKeyId(input.KeyId, (text) => findKey(world, text, place));
		const aliases = wanted === undefined ? all : all.filter(({TargetKeyId}) => TargetKeyId === wanted);
		const {page, more} = pageOf(aliases, ({AliasName = ''}) => AliasName, input, usualItems);
		return {Aliases: page, ...more};
	},
};

function wantedKeyId(
	keyId: string | undefined,
	find: (keyId: string) => ReturnType<typeof findKey>,
): string | undefined {
	if (keyId === undefined) return undefined;
	const found = find(keyId);
	if (found.key === undefined) throw kmsError('NotFoundException', found.reason);
	return found.key.keyId;
}
