import {App} from '../../source/ui/app/app.js';
import {askingSession, type AskingSessionOptions} from './asking-session.js';
import {renderScreen, type RenderScreenOptions} from './render-screen.js';

/** The whole wizard on a terminal of the test: keys in, frames and the session's state out. */
export const renderAsking = async (
	options: AskingSessionOptions = {},
	screenOptions: RenderScreenOptions = {},
) => {
	const {session, configFile} = await askingSession(options);
	let leaves = 0;
	const screen = await renderScreen(<App session={session} onLeave={() => leaves++} />, screenOptions);
	return {...screen, session, configFile, leaves: () => leaves};
};
