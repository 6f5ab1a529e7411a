import {fieldRows} from '../../domain/answers/answer-table.js';
import {consentsIn} from '../../domain/answers/consents.js';
import type {AnswerName, Answers} from '../../domain/answers/answers.js';
import {defaultsOf} from './defaults.js';
import {notPlanned} from './planning.js';
import type {SessionState} from './session-state.js';
import {stepOf, type StepId} from './steps.js';

/** The steps that see what is there: their answers change nothing that a consent is about. */
const seeing: ReadonlySet<StepId> = new Set(['check', 'plan']);

/**
 * The state with answers of a step: what depends on a changed one is marked for review, and a plan made before is none any more, and
 * what others made is asked about anew. Pure.
 */
export function withAnswers(state: SessionState, stepId: StepId, change: Partial<Answers>): SessionState {
	const names = Object.keys(change) as AnswerName[];
	const hasChanged = names.some((name) => state.answers[name] !== change[name]);
	const review = new Set(state.review);
	review.delete(stepId);
	if (hasChanged) {
		for (const affected of stepOf(stepId).affects) if (state.passed.has(affected)) review.add(affected);
	}

	const {consents = []} = state;
	const isAnother = hasChanged && !seeing.has(stepId);
	const withdrawn = isAnother ? Object.fromEntries(consents.map((name) => [name, undefined])) : {};
	return {
		...state,
		answers: {...state.answers, ...unfixed(state), ...withdrawn, ...change},
		consents: isAnother
			? []
			: [...consents, ...(seeing.has(stepId) ? consentsIn(state.answers, change) : [])],
		review,
		planning: notPlanned,
		planChanges: hasChanged ? [] : state.planChanges,
	};
}

/** What was recorded with its default's value goes on following its default when other answers change. */
function unfixed(state: SessionState): Partial<Answers> {
	const defaults: Answers = defaultsOf(state);
	const fixed = fieldRows.filter(
		([name]) => state.answers[name] !== undefined && state.answers[name] === defaults[name],
	);
	return Object.fromEntries(fixed.map(([name]) => [name, undefined]));
}
