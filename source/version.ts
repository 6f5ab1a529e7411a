/** Put in by the build (`esbuild.config.js`) from package.json; missing when the sources run as they are. */
declare const __VERSION__: string | undefined;

/** The same of the client of S3. */
declare const __SDK_VERSION__: string | undefined;

/** The version of this program. */
export const version = typeof __VERSION__ === 'string' ? __VERSION__ : '0.0.0-dev';

/** What `--version` says: the program, the Node that runs it, and the AWS SDK that it was built with. */
export function versionText(nodeVersion: string): string {
	const sdk = typeof __SDK_VERSION__ === 'string' ? __SDK_VERSION__ : 'of the sources';
	return `${version} (Node ${nodeVersion}, AWS SDK ${sdk})`;
}
