import {CreateVirtualMFADeviceCommand, EnableMFADeviceCommand, type IAMClient} from '@aws-sdk/client-iam';
import {stepAt, totp} from '../../source/sandbox/mfa/totp.js';
import {type Clock, systemClock} from '../../source/sandbox/world/clock.js';

const stepMs = 30_000;
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The sandbox's time as a test moves it: a code is taken once, and nobody wants to wait for the next one. */
export type MovedClock = Clock & {readonly moveOn: (byMs: number) => void};

/** @param behindMs how far it is behind this machine's; signatures allow 15 minutes either way */
export function createMovedClock(behindMs = 0): MovedClock {
	let offsetMs = -behindMs;
	return {
		now: () => Date.now() + offsetMs,
		wait: systemClock.wait,
		moveOn: (byMs) => {
			offsetMs += byMs;
		},
	};
}

/** An authenticator app with one device. */
export type Authenticator = {
	readonly serial: string;
	/** Moves the clock on to the next code, and gives it. */
	readonly nextCode: () => string;
	/** Six digits that are none of the codes that are accepted now. */
	readonly wrongCode: () => string;
};

/** Makes a virtual device and reads its seed, as somebody does who copies it into an app. */
export async function newDevice(iam: IAMClient, name: string, clock: MovedClock): Promise<Authenticator> {
	const {VirtualMFADevice} = await iam.send(new CreateVirtualMFADeviceCommand({VirtualMFADeviceName: name}));
	const seed = bytesOf(Buffer.from(VirtualMFADevice?.Base32StringSeed ?? []).toString());
	const codeIn = (steps: number): string => totp(seed, stepAt(clock.now()) + steps);
	return {
		serial: VirtualMFADevice?.SerialNumber ?? '',
		nextCode() {
			clock.moveOn(stepMs);
			return codeIn(0);
		},
		wrongCode() {
			const near = new Set([-2, -1, 0, 1, 2].map(codeIn));
			return (
				['000000', '111111', '222222', '333333', '444444', '555555'].find((code) => !near.has(code)) ?? ''
			);
		},
	};
}

/** A device of the user that is enabled: with two codes that follow each other. */
export async function enabledDevice(
	iam: IAMClient,
	userName: string,
	clock: MovedClock,
): Promise<Authenticator> {
	const device = await newDevice(iam, userName, clock);
	await iam.send(
		new EnableMFADeviceCommand({
			UserName: userName,
			SerialNumber: device.serial,
			AuthenticationCode1: device.nextCode(),
			AuthenticationCode2: device.nextCode(),
		}),
	);
	return device;
}

function bytesOf(base32: string): Buffer {
	const bits = [...base32].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
	return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
