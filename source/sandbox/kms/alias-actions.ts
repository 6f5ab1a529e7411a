import type * as kms from '@aws-sdk/client-kms';
import {type KmsAlias} from '../world/kms-key.js';
import {type KmsAction, kmsAction, type KmsCall} from './action.js';
import {invalidMember, kmsError} from './errors.js';
import {findKey} from './find-key.js';
import {refusePending} from './key-state.js';
import {addAlias, kmsArn} from './make-key.js';
import {managedAliasName} from './managed-key.js';
import {pageOf} from './page.js';

const usualItems = 50;
const maxNameLength = 256;

/** Aliases. What is done with one needs a right on it and one on each key, too (KMS Developer Guide, alias-access). */
export const aliasActions: readonly KmsAction[] = [
	kmsAction<kms.CreateAliasRequest>(
		'CreateAlias',
		({world, identity, region, input, requireRight, keyFor}) => {
			const {AliasName: name = '', TargetKeyId} = input;
			checkAliasName(name);
			const place = {accountId: identity.accountId, region};
			const arn = kmsArn(place, name);
			requireRight('kms:CreateAlias', arn);
			const key = keyFor(TargetKeyId, {action: 'kms:CreateAlias'});
			refusePending(key);
			if (world.kmsAliases.has(arn)) {
				throw kmsError('AlreadyExistsException', `An alias with the name ${arn} already exists`);
			}
			addAlias(world, place, name, key);
			return {};
		},
	),
	kmsAction<kms.DeleteAliasRequest>('DeleteAlias', (call) => {
		const {world, requireRight, keyFor} = call;
		const alias = findOwnAlias(call);
		requireRight('kms:DeleteAlias', alias.arn);
		// Its key may be gone.
		const isKeyThere = findKey(world, alias.targetKeyId, alias).key !== undefined;
		if (isKeyThere) keyFor(alias.targetKeyId, {action: 'kms:DeleteAlias'});
		world.kmsAliases.delete(alias.arn);
		return {};
	}),
	kmsAction<kms.UpdateAliasRequest>('UpdateAlias', (call) => {
		const {world, input, requireRight, keyFor} = call;
		const alias = findOwnAlias(call);
		requireRight('kms:UpdateAlias', alias.arn);
		keyFor(alias.targetKeyId, {action: 'kms:UpdateAlias'});
		const key = keyFor(input.TargetKeyId, {action: 'kms:UpdateAlias'});
		refusePending(key);
		alias.targetKeyId = key.keyId;
		alias.updatedMs = world.clock.now();
		return {};
	}),
	// One that S3 has not yet made a key for is listed without one (KMS API reference, ListAliases).
	kmsAction<kms.ListAliasesRequest, kms.ListAliasesResponse>(
		'ListAliases',
		({world, identity, region, input, requireRight}) => {
			requireRight('kms:ListAliases', '*');
			const place = {accountId: identity.accountId, region};
			const known: kms.AliasListEntry[] = [...world.kmsAliases.values()]
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
				: [...known, {AliasName: managedAliasName, AliasArn: kmsArn(place, managedAliasName)}];
			const wanted = input.KeyId === undefined ? undefined : findKey(world, input.KeyId, place);
			if (wanted !== undefined && wanted.key === undefined) {
				throw kmsError('NotFoundException', wanted.reason);
			}
			const aliases = all.filter(({TargetKeyId}) => wanted === undefined || TargetKeyId === wanted.key.keyId);
			const {page, more} = pageOf(aliases, ({AliasName = ''}) => AliasName, input, usualItems);
			return {Aliases: page, ...more};
		},
	),
];

/** Finds an alias of the caller's own account that it may change: none of those that AWS keeps. */
function findOwnAlias({
	world,
	identity,
	region,
	note,
	input: {AliasName: name = ''},
}: KmsCall<kms.DeleteAliasRequest>): KmsAlias {
	note(name);
	checkAliasName(name);
	const arn = kmsArn({accountId: identity.accountId, region}, name);
	const alias = world.kmsAliases.get(arn);
	if (alias === undefined) throw kmsError('NotFoundException', `Alias ${arn} is not found.`);
	return alias;
}

/** Throws for what is no name of an alias (recorded: test_create_alias; KMS API reference, CreateAlias). */
function checkAliasName(name: string): void {
	if (!name.startsWith('alias/')) {
		throw kmsError(
			'ValidationException',
			'Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html',
		);
	}
	if (name.length > maxNameLength) {
		throw invalidMember('aliasName', `have length less than or equal to ${maxNameLength}`, name);
	}
	if (!/^alias\/[a-zA-Z0-9/_-]+$/.test(name)) {
		throw invalidMember('aliasName', 'satisfy regular expression pattern: ^[a-zA-Z0-9:/_-]+$', name);
	}
	// Third-party: the names that AWS keeps for its own keys.
	if (name.startsWith('alias/aws/')) {
		throw kmsError('InvalidAliasNameException', `Alias ${name} is reserved for AWS managed keys`);
	}
}
