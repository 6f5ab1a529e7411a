import {
	CreateRoleCommand,
	CreateUserCommand,
	DeactivateMFADeviceCommand,
	DeleteUserCommand,
	DeleteVirtualMFADeviceCommand,
	EnableMFADeviceCommand,
	GetAccountSummaryCommand,
	GetUserCommand,
	ListMFADevicesCommand,
	ListVirtualMFADevicesCommand,
} from '@aws-sdk/client-iam';
import {ListBucketsCommand} from '@aws-sdk/client-s3';
import {AssumeRoleCommand, GetSessionTokenCommand} from '@aws-sdk/client-sts';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {totp} from '../../source/sandbox/mfa/totp.js';
import {type Authenticator, createMovedClock, enabledDevice, newDevice} from '../support/authenticator.js';
import {type Credentials, errorOf, openSandbox, type OpenSandbox} from './support/open-sandbox.js';
import {policyOf} from './support/replicated-pair.js';

// Forty codes are used up here, half a minute each: signatures allow 15 minutes either way.
const clock = createMovedClock(14 * 60_000);
const account = '111122223333';
const withMfa = {Bool: {'aws:MultiFactorAuthPresent': 'true'}};
const notOwn =
	'MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.';

let open: OpenSandbox;
let ana: Credentials;
let device: Authenticator;
let roleArn: string;
beforeAll(async () => {
	open = await openSandbox({clock});
	ana = open.sandbox.addUser({accountId: account, userName: 'ana'});
	device = await enabledDevice(open.iam, 'ana', clock);
	const {Role} = await open.iam.send(
		new CreateRoleCommand({
			RoleName: 'with-mfa',
			AssumeRolePolicyDocument: policyOf([
				{Effect: 'Allow', Principal: {AWS: account}, Action: 'sts:AssumeRole', Condition: withMfa},
			]),
		}),
	);
	roleArn = Role?.Arn ?? '';
});
afterAll(() => open.close());

type Shown = {readonly SerialNumber?: string; readonly TokenCode?: string};

const assume = async (shown: Shown, who: 'source' | Credentials = ana) =>
	open.sts(who).send(new AssumeRoleCommand({RoleArn: roleArn, RoleSessionName: 'me', ...shown}));
const sessionOf = async (shown: Shown): Promise<Credentials> => {
	const {Credentials: given} = await open.sts(ana).send(new GetSessionTokenCommand(shown));
	return {
		accessKeyId: given?.AccessKeyId ?? '',
		secretAccessKey: given?.SecretAccessKey ?? '',
		sessionToken: given?.SessionToken ?? '',
	};
};
const shown = (TokenCode = device.nextCode()): Shown => ({SerialNumber: device.serial, TokenCode});

// RFC 6238, appendix B: the last six of its eight digits.
it.each([
	[59, '287082'],
	[1_111_111_109, '081804'],
	[1_111_111_111, '050471'],
	[1_234_567_890, '005924'],
	[2_000_000_000, '279037'],
	[20_000_000_000, '353130'],
])('at %i seconds the code is that of RFC 6238', (seconds, code) => {
	expect(totp(Buffer.from('12345678901234567890'), Math.floor(seconds / 30))).toBe(code);
});

describe('a role whose trust policy asks for MFA', () => {
	it('is assumed with the code of the user’s device, once', async () => {
		const code = device.nextCode();
		await assume(shown(code));
		expect(await errorOf(assume(shown(code)))).toMatchObject({code: 'AccessDenied', status: 403});
	});

	it('is not assumed without a code: access keys bring no key about MFA', async () => {
		const error = await errorOf(assume({}));
		expect(error).toMatchObject({code: 'AccessDenied', status: 403});
		expect(error.message).toContain('is not authorized to perform: sts:AssumeRole');
	});

	// Words as users of AWS's clients report them: aws/aws-cli#2279 and #6325, y13i/sgviz#9. Which comes first is a guess.
	it.each<{what: string; given: () => Shown; who?: 'source'; message: string}>([
		{
			what: 'a wrong code',
			given: () => shown(device.wrongCode()),
			message: 'MultiFactorAuthentication failed with invalid MFA one time pass code. ',
		},
		{
			what: 'no code',
			given: () => ({SerialNumber: device.serial}),
			message:
				'MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.',
		},
		{
			what: 'no device',
			given: () => ({TokenCode: device.nextCode()}),
			message:
				'MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.',
		},
		{
			what: 'a device that there is not',
			given: () => ({SerialNumber: `arn:aws:iam::${account}:mfa/none`, TokenCode: '123456'}),
			message: notOwn,
		},
		{what: 'somebody else’s device', given: () => shown(), who: 'source', message: notOwn},
	])('is refused with $what', async ({given, who, message}) => {
		expect(await errorOf(assume(given(), who))).toMatchObject({
			code: 'AccessDenied',
			status: 403,
			message,
		});
	});

	it('takes a code of the step before and of the step after, and none that is older (the tolerance: a guess)', async () => {
		const before = device.nextCode();
		clock.moveOn(30_000);
		await assume(shown(before));
		const after = device.nextCode();
		clock.moveOn(-30_000);
		await assume(shown(after));
		clock.moveOn(60_000);
		const old = device.nextCode();
		clock.moveOn(90_000);
		expect(await errorOf(assume(shown(old)))).toMatchObject({code: 'AccessDenied'});
	});

	it('refuses a code that is no six digits, and does not repeat it', async () => {
		const error = await errorOf(assume(shown('12345')));
		expect(error).toMatchObject({code: 'ValidationError', status: 400});
		expect(error.message).not.toContain('12345');
	});
});

describe('a session of GetSessionToken', () => {
	it('that was opened with a code assumes the role without one, and may call IAM', async () => {
		const session = await sessionOf(shown());
		await assume({}, session);
		const {User} = await open.iamOf(session).send(new GetUserCommand({}));
		expect(User?.UserName).toBe('ana');
	});

	it('that was opened without one does neither', async () => {
		const session = await sessionOf({});
		expect(await errorOf(assume({}, session))).toMatchObject({code: 'AccessDenied'});
		const call = open.iamOf(session).send(new GetUserCommand({}));
		expect(await errorOf(call)).toMatchObject({code: 'InvalidClientTokenId', status: 403});
	});

	it('tells how old its code is', async () => {
		const policy = {
			Version: '2012-10-17',
			Statement: [
				{
					Effect: 'Allow',
					Action: 's3:ListAllMyBuckets',
					Resource: '*',
					Condition: {...withMfa, NumericLessThan: {'aws:MultiFactorAuthAge': '60'}},
				},
			],
		};
		const ben = open.sandbox.addUser({accountId: account, userName: 'ben', policy});
		const own = await enabledDevice(open.iam, 'ben', clock);
		const {Credentials: given} = await open
			.sts(ben)
			.send(new GetSessionTokenCommand({SerialNumber: own.serial, TokenCode: own.nextCode()}));
		const s3 = open.s3(
			{
				accessKeyId: given?.AccessKeyId ?? '',
				secretAccessKey: given?.SecretAccessKey ?? '',
				sessionToken: given?.SessionToken ?? '',
			},
			'us-east-1',
		);
		await s3.send(new ListBucketsCommand({}));
		clock.moveOn(60_000);
		expect(await errorOf(s3.send(new ListBucketsCommand({})))).toMatchObject({code: 'AccessDenied'});
	});
});

describe('virtual devices', () => {
	it('are made, enabled, listed, deactivated and deleted, and their seed is shown once', async () => {
		await open.iam.send(new CreateUserCommand({UserName: 'cleo'}));
		const own = await enabledDevice(open.iam, 'cleo', clock);
		const spare = await newDevice(open.iam, 'spare', clock);
		const {MFADevices} = await open.iam.send(new ListMFADevicesCommand({UserName: 'cleo'}));
		expect(MFADevices).toMatchObject([{UserName: 'cleo', SerialNumber: own.serial}]);
		const {VirtualMFADevices} = await open.iam.send(
			new ListVirtualMFADevicesCommand({AssignmentStatus: 'Unassigned'}),
		);
		expect(VirtualMFADevices).toEqual([{SerialNumber: spare.serial}]);
		const {SummaryMap} = await open.iam.send(new GetAccountSummaryCommand({}));
		expect(SummaryMap).toMatchObject({MFADevices: 4, MFADevicesInUse: 3});

		// The codes: IAM API reference, DeleteUser and DeleteVirtualMFADevice.
		const conflict = {code: 'DeleteConflict', status: 409};
		const remove = new DeleteVirtualMFADeviceCommand({SerialNumber: own.serial});
		expect(await errorOf(open.iam.send(remove))).toMatchObject(conflict);
		expect(await errorOf(open.iam.send(new DeleteUserCommand({UserName: 'cleo'})))).toMatchObject(conflict);
		await open.iam.send(new DeactivateMFADeviceCommand({UserName: 'cleo', SerialNumber: own.serial}));
		await open.iam.send(remove);
		await open.iam.send(new DeleteUserCommand({UserName: 'cleo'}));
		expect(await errorOf(open.iam.send(remove))).toMatchObject({code: 'NoSuchEntity', status: 404});
		await open.iam.send(new DeleteVirtualMFADeviceCommand({SerialNumber: spare.serial}));
	});

	it('are refused where one has the name, is in use, or the codes do not follow each other', async () => {
		const again = newDevice(open.iam, 'ana', clock);
		expect(await errorOf(again)).toMatchObject({code: 'EntityAlreadyExists', status: 409});
		const enable = async (serial: string, codes: readonly [string, string]) =>
			open.iam.send(
				new EnableMFADeviceCommand({
					UserName: 'ana',
					SerialNumber: serial,
					AuthenticationCode1: codes[0],
					AuthenticationCode2: codes[1],
				}),
			);
		expect(await errorOf(enable(device.serial, ['123456', '234567']))).toMatchObject({
			code: 'EntityAlreadyExists',
		});
		const other = await newDevice(open.iam, 'other', clock);
		const code = other.nextCode();
		// The code and status: IAM API reference, EnableMFADevice; the words: as people report them.
		expect(await errorOf(enable(other.serial, [code, code]))).toMatchObject({
			code: 'InvalidAuthenticationCode',
			status: 403,
			message: 'Authentication code for device is not valid.',
		});
	});
});
