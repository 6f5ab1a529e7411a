/** Put in by the build (`esbuild.config.js`) from package.json; missing when the sources run as they are. */
declare const __VERSION__: string | undefined;

/** The same of the client of S3. */
declare const __SDK_VERSION__: string | undefined;

/** The version of this program. */
const version = typeof __VERSION__ === 'string' ? __VERSION__ : '0.0.0-dev';

/** The versions of all that is ours to choose; those who look into a fault ask for them first. */
export function versions(nodeVersion: string) {
	const sdk = typeof __SDK_VERSION__ === 'string' ? __SDK_VERSION__ : 'of the sources';
	return {version, node: nodeVersion, sdk};
}

/** What `--version` says: the program, the Node that runs it, and the AWS SDK that it was built with. */
export function versionText(nodeVersion: string): string {
	return `${version} (Node ${nodeVersion}, AWS SDK ${versions(nodeVersion).sdk})`;
}
