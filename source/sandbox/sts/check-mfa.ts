import {iamError, invalidMember} from '../iam/errors.js';
import {type Identity} from '../world/credential.js';
import {type World} from '../world/world.js';
import {takeCode} from '../mfa/take-code.js';

type MfaInput = {readonly SerialNumber?: string | undefined; readonly TokenCode?: string | undefined};

/**
 * Checks the device and code that were given to AssumeRole or GetSessionToken; gives whether there were any. The device has
 * to be the calling user's own (STS API reference, AssumeRole, "SerialNumber"). Throws AccessDenied in AWS's words, as users
 * of its clients report them (aws/aws-cli#6325, #2279; y13i/sgviz#9).
 */
export function checkMfa(world: World, identity: Identity, {SerialNumber, TokenCode}: MfaInput): boolean {
	if (SerialNumber === undefined && TokenCode === undefined) return false;
	if (SerialNumber === undefined || TokenCode === undefined)
		throw failed(', must provide both MFA serial number and one time pass code.');
	checkShape(SerialNumber, TokenCode);
	const device = world.accounts.get(identity.accountId)?.mfaDevices.get(SerialNumber);
	const isOwn = identity.kind === 'user' && device?.assigned?.user === identity.user;
	if (!isOwn) {
		throw failed(
			', unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.',
		);
	}
	if (!takeCode(device, TokenCode, world.clock.now())) throw failed(' with invalid MFA one time pass code. ');
	return true;
}

function failed(why: string): Error {
	return iamError('AccessDenied', `MultiFactorAuthentication failed${why}`);
}

/** STS API reference, AssumeRole: the lengths and patterns. The code is not repeated, which AWS does. */
function checkShape(serialNumber: string, tokenCode: string): void {
	const pattern = 'satisfy regular expression pattern: ';
	if (!/^[\w+=/:,.@-]{9,256}$/.test(serialNumber))
		throw invalidMember('serialNumber', `${pattern}[\\w+=/:,.@-]*`);
	if (!/^\d{6}$/.test(tokenCode)) throw invalidMember('tokenCode', `${pattern}[\\d]*`);
}
