import {fixable, ProblemError} from '../../domain/problem.js';
import {quoted} from '../../domain/text/shell-word.js';
import {readRegularFile} from './read-regular-file.js';
import type {ProfileSettings} from './setting-places.js';

/** The file of authorities that a profile's calls trust alone: the environment's, else the profile's, as the AWS CLI takes them. */
export function caBundleOf({profile, config, environment}: ProfileSettings): string | undefined {
	return environment.AWS_CA_BUNDLE || config.profiles[profile]?.ca_bundle || undefined;
}

/**
 * The authorities of a CA bundle, as PEM. Throws the problem of a file that cannot be read, or holds none: every connection would
 * fail with words that name no file. Source: AWS SDKs and Tools Reference Guide, "ca_bundle".
 * @param named which setting names the file
 */
export async function authoritiesIn(file: string, named: string | undefined): Promise<string> {
	let step: string | undefined;
	let cause = 'It holds no certificate (-----BEGIN CERTIFICATE-----).';
	try {
		const {text} = await readRegularFile(file);
		if (/-----BEGIN (?:TRUSTED )?CERTIFICATE-----/.test(text)) return text;
		step = stepFor(file, text);
	} catch (error) {
		cause = `${(error as Error).message}.`;
	}

	const origin = named ?? 'the setting ca_bundle';
	throw new ProblemError(
		fixable('ca-bundle', `Cannot use the CA bundle ${file}`, `${cause} It is named by ${origin}.`, [
			step ?? `Correct ${origin}, or make the file.`,
			'Or leave it out: this program trusts what Node.js does then, and what NODE_EXTRA_CA_CERTS adds.',
		]),
	);
}

/** How a PEM file is made of what others give out as certificates. Source: X.690, a sequence begins with 0x30; RFC 2315, PKCS #7. */
function stepFor(file: string, text: string): string | undefined {
	const [from, to] = [quoted(file), quoted(`${file}.pem`)];
	if (text.includes('-----BEGIN PKCS7-----'))
		return `Make PEM of it: openssl pkcs7 -print_certs -in ${from} -out ${to}`;
	return text.startsWith('0\uFFFD')
		? `Make PEM of it: openssl x509 -inform der -in ${from} -out ${to}`
		: undefined;
}
