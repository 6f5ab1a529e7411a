import {decideKeyUse} from '../../policy/decide.js';
import {explainDenial} from '../../policy/explain.js';
import {callerOf, decideAccess} from '../access/decide-access.js';
import {environmentOf, requestContextOf} from '../access/request-context.js';
import {currentDocumentOf} from '../access/resource-policy.js';
import {type Identity} from '../world/credential.js';
import {type KmsKey} from '../world/kms-key.js';
import {type ResourcePolicy} from '../world/resource-policy.js';
import {type World} from '../world/world.js';
import {type ServiceError} from '../wire/service-error.js';
import {kmsError} from './errors.js';
import {aliasesOf} from './find-key.js';

export type EncryptionContext = Readonly<Record<string, string>>;

/** What somebody wants to do with a key, and how. */
export type KeyUse = {
	/** Of the policy language: `kms:Decrypt`. */
	readonly action: string;
	/** The service that does it for the caller, such as `s3.us-east-1.amazonaws.com`. */
	readonly viaService?: string;
	readonly encryptionContext?: EncryptionContext;
	/** The alias that the request named the key by. */
	readonly requestAlias?: string | undefined;
	/** Condition keys of this request alone. */
	readonly context?: Readonly<Record<string, string | readonly string[]>>;
};

/**
 * Gives KMS's sentence about a use that is refused, or undefined where it is allowed: by the key's policy, and by the caller's
 * policies where that leaves it to them. Of keys of other accounts it does not say what their policy says (third-party).
 */
export function keyRefusal(
	world: World,
	identity: Identity,
	key: KmsKey,
	use: KeyUse,
	policy: ResourcePolicy = key.policy.inEffect(world.clock.now()),
): string | undefined {
	const {request, decision} = decideAccess(
		world,
		identity,
		{
			action: use.action,
			resource: key.arn,
			resourceAccountId: key.accountId,
			context: () => contextOf(world, identity, key, use),
		},
		{name: 'key-policy', document: currentDocumentOf(world, policy)},
		decideKeyUse,
	);
	if (decision.isAllowed) return undefined;
	const isOfKey = decision.reasons.some(({where, effect}) => where === 'resource' && effect !== 'allow');
	return identity.accountId !== key.accountId && isOfKey
		? foreignRefusal(identity, use.action)
		: explainDenial(request, decision);
}

/** What is said of a key of another account that is not there, or does not let the caller in (third-party). */
export function foreignRefusal(identity: Identity, action: string): string {
	const asked = {caller: callerOf(identity), action, resource: '*', resourceAccountId: identity.accountId};
	return `${explainDenial(asked, {isAllowed: false, reasons: []})} on this resource because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`;
}

/** The error for a key that was not found. */
export function notFound(
	identity: Identity,
	action: string,
	{reason, isForeign}: {readonly reason: string; readonly isForeign: boolean},
): ServiceError {
	return isForeign
		? kmsError('AccessDeniedException', foreignRefusal(identity, action))
		: kmsError('NotFoundException', reason);
}

/** KMS Developer Guide, conditions-kms; the keys about the key and the caller, and those that the request carries. */
function contextOf(
	world: World,
	identity: Identity,
	key: KmsKey,
	{viaService, encryptionContext = {}, requestAlias, context}: KeyUse,
): Readonly<Record<string, string | readonly string[]>> {
	const names = Object.keys(encryptionContext);
	return {
		// What a service asks for somebody comes from no address of theirs (IAM User Guide, condition-keys, aws:SourceIp).
		...(viaService === undefined
			? requestContextOf(world, key.region)
			: {
					...environmentOf(world, key.region),
					'kms:ViaService': viaService,
					'aws:ViaAWSService': 'true',
				}),
		'kms:CallerAccount': identity.accountId,
		'kms:KeySpec': 'SYMMETRIC_DEFAULT',
		'kms:KeyUsage': 'ENCRYPT_DECRYPT',
		'kms:KeyOrigin': 'AWS_KMS',
		'kms:MultiRegion': 'false',
		'kms:ResourceAliases': aliasesOf(world, key).map(({name}) => name),
		...(requestAlias === undefined ? {} : {'kms:RequestAlias': requestAlias}),
		...Object.fromEntries(
			key.tags.map(({TagKey, TagValue}) => [`aws:ResourceTag/${TagKey ?? ''}`, TagValue ?? '']),
		),
		...Object.fromEntries(names.map((name) => [`kms:EncryptionContext:${name}`, encryptionContext[name]!])),
		...(names.length === 0 ? {} : {'kms:EncryptionContextKeys': names}),
		...context,
	};
}
