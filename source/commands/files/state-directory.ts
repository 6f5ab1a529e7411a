import {homedir, userInfo} from 'node:os';
import path from 'node:path';

/**
 * Where this program keeps what it has to remember: `S3_REPLICATE_STATE_DIR`, else the platform's own place.
 * Source: XDG Base Directory Specification; Apple, "File System Programming Guide"; Microsoft, "KNOWNFOLDERID" (LocalAppData).
 */
export function stateDirectory(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
	const name = 's3-replicate';
	const given = environment.S3_REPLICATE_STATE_DIR;
	if (given) return path.resolve(given);
	const home = environment.HOME || homedir() || userInfo().homedir;
	if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', name);
	if (platform === 'win32')
		return path.join(environment.LOCALAPPDATA || path.join(home, 'AppData', 'Local'), name);
	const state = environment.XDG_STATE_HOME;
	// A relative path there is to be ignored.
	return path.join(state && path.isAbsolute(state) ? state : path.join(home, '.local', 'state'), name);
}
