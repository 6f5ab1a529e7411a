import {createHmac, timingSafeEqual} from 'node:crypto';

const stepMs = 30_000;
const digits = 6;
const base32Alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The time step of a moment, which is in milliseconds since 1970 (RFC 6238, section 4). */
export function stepAt(nowMs: number): number {
	return Math.floor(nowMs / stepMs);
}

/** The code of a time step: six digits (RFC 6238 with SHA-1; RFC 4226, section 5.3). */
export function totp(seed: Uint8Array, step: number): string {
	const counter = Buffer.alloc(8);
	counter.writeBigUInt64BE(BigInt(step));
	const hash = createHmac('sha1', seed).update(counter).digest();
	const offset = hash.readUInt8(hash.length - 1) & 0xf;
	const number = hash.readUInt32BE(offset) & 0x7fff_ffff;
	return String(number % 10 ** digits).padStart(digits, '0');
}

/** Whether that is the code of the step; takes the same time whatever the answer. */
export function isCodeOf(seed: Uint8Array, step: number, code: string): boolean {
	const given = Buffer.from(code);
	return given.length === digits && timingSafeEqual(Buffer.from(totp(seed, step)), given);
}

/** Bytes as an authenticator app takes them (RFC 4648, section 6; whole groups of five bytes need no padding). */
export function base32(bytes: Uint8Array): string {
	const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
	return (bits.match(/.{1,5}/g) ?? []).map((five) => base32Alphabet[Number.parseInt(five, 2)]).join('');
}
