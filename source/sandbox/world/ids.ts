import {type Random} from './random.js';

const upperAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const versionAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._';
const hexAlphabet = '0123456789abcdef';

const longestId = 128;

/** Makers of every identifier the sandbox hands out, in AWS's forms. */
export type Ids = {
	/** 20 characters: AROA… for roles, AIDA… for users, AGPA… for groups, ANPA… for policies, AKIA… and ASIA… for keys. */
	readonly uniqueId: (prefix: 'AROA' | 'AIDA' | 'AGPA' | 'AKIA' | 'ASIA' | 'ANPA') => string;
	/** 32 characters, as recorded in TestS3BucketVersioning::test_object_version_id_format. */
	readonly versionId: () => string;
	readonly uploadId: () => string;
	readonly requestId: () => string;
	readonly hostId: () => string;
	readonly uuid: () => string;
	/** 64 hexadecimal digits, as S3 names an account. */
	readonly canonicalUserId: () => string;
	/** 64 hexadecimal digits, as KMS names the material of a key. */
	readonly keyMaterialId: () => string;
};

/** Takes a stream of random numbers, gives the makers that draw from it. */
export function makeIds(random: Random): Ids {
	const drawn = Buffer.alloc(longestId);
	const draw = (alphabet: string, length: number): string => {
		// Joined at once: a text that grows by a letter keeps a link for each, in every version id that is stored.
		const codes = drawn.subarray(0, length);
		for (let index = 0; index < length; index += 1) {
			codes[index] = alphabet.charCodeAt(Math.floor(random() * alphabet.length));
		}
		return codes.toString('latin1');
	};
	return {
		uniqueId: (prefix) => prefix + draw(upperAlphabet, 16),
		versionId: () => withCheckLetters(draw(versionAlphabet, 32)),
		uploadId: () => draw(versionAlphabet, 128),
		requestId: () => draw(upperAlphabet, 16),
		hostId: () => `${draw(versionAlphabet, 74)}==`,
		uuid: () => [8, 4, 4, 4, 12].map((length) => draw(hexAlphabet, length)).join('-'),
		canonicalUserId: () => draw(hexAlphabet, 64),
		keyMaterialId: () => draw(hexAlphabet, 64),
	};
}

const checkedLetters = 28;

/** A version id tells by its last letters that it was made here, even where the version is gone and nothing is kept of it. */
function withCheckLetters(drawn: string): string {
	return drawn.slice(0, checkedLetters) + checkLettersOf(drawn);
}

/** Says whether a version id was handed out once, be it of a version that is gone. */
export function isHandedOut(versionId: string): boolean {
	return versionId.slice(checkedLetters) === checkLettersOf(versionId);
}

/** FNV-1a, of which 24 bits make four letters. */
function checkLettersOf(versionId: string): string {
	let hash = 0x811c9dc5;
	for (let index = 0; index < checkedLetters; index += 1) {
		hash = Math.imul(hash ^ versionId.charCodeAt(index), 0x01000193);
	}
	return [0, 6, 12, 18].map((shift) => versionAlphabet.charAt((hash >>> shift) & 63)).join('');
}
