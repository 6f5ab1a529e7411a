import {invalidMember, kmsError} from './errors.js';

const maxNameLength = 256;

/** Throws for what is no name of an alias (recorded: test_create_alias; KMS API reference, CreateAlias). */
export function checkAliasName(name: string): void {
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
