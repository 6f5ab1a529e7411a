import {fieldRows} from '../../domain/answers/answer-table.js';
import type {AnswerName, Answers} from '../../domain/answers/answers.js';
import {defaultsOf} from './defaults.js';
import {notPlanned} from './planning.js';
import type {SessionState} from './session-state.js';
import {stepOf, type StepId} from './steps.js';

/** The state with answers of a step: what depends on a changed one is marked for review, and a plan made before is none any more. Pure. */
export function withAnswers(state: SessionState, stepId: StepId, change: Partial<Answers>): SessionState {
	const names = Object.keys(change) as AnswerName[];
	const hasChanged = names.some((name) => state.answers[name] !== change[name]);
	const review = new Set(state.review);
	review.delete(stepId);
	if (hasChanged) {
		for (const affected of stepOf(stepId).affects) if (state.passed.has(affected)) review.add(affected);
	}

	return {
		...state,
		answers: {...state.answers, ...unfixed(state), ...change},
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
