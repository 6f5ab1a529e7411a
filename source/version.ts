/** Put in by the build (`esbuild.config.js`) from package.json; missing when the sources run as they are. */
declare const __VERSION__: string | undefined;

/** The version of this program. */
export const version = typeof __VERSION__ === 'string' ? __VERSION__ : '0.0.0-dev';
