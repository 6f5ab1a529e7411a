import {useEffect} from 'react';
import {type KeyChoices, preselectedKey} from '../../../domain/observed/key-choices.js';
import {completedAnswers} from '../../../session/state/defaults.js';
import {keyPlaceOf, type KeyWay} from '../../../session/state/key-place.js';
import {type Loadable, valueOf} from '../../../session/state/loadable.js';
import {useSession, useSessionState} from '../../hooks/use-session.js';

type KnownKeys = {
	readonly found: Loadable<KeyChoices> | undefined;
	/** The key that is chosen where nobody has chosen. */
	readonly preselected: string | undefined;
};

type KeyQuestion = {
	readonly way: KeyWay;
	/** Whether its keys have to be listed in any case. */
	readonly isWanted: boolean;
	/** Whether the way is set up at all. */
	readonly isAsked: boolean;
};

/** What is known of the keys of a way; it is read as soon as it is asked for. */
export const useKeyChoices = ({way, isWanted, isAsked}: KeyQuestion): KnownKeys => {
	const session = useSession();
	const state = useSessionState();
	const completed = completedAnswers(state);
	const found = state.keys[keyPlaceOf(completed, way)];
	// What is being read is not asked twice: the list follows it.
	const isDue = isAsked && found?.state !== 'loading' && found?.state !== 'failed';
	useEffect(() => {
		if (isDue) void session.loadKeys(isWanted, way);
	}, [session, isWanted, isDue, way]);
	const choices = found && valueOf(found);
	const isOtherAccount = completed.mode === 'cross-account';
	return {found, preselected: isAsked && choices ? preselectedKey(choices, isOtherAccount) : undefined};
};
