import type {TableName} from '../../domain/answers/answer-table.js';
import type {AnswerName} from '../../domain/answers/answers.js';
import {isOfOneBucket, type StepId, steps} from '../../session/state/steps.js';
import type {Question} from './ask-in-turn.js';
import {bucketQuestion, regionQuestion} from './bucket-questions.js';
import {entryQuestion} from './entry-question.js';
import {environmentQuestion} from './environment-question.js';
import {profileQuestion} from './profile-question.js';
import {keyQuestion} from './key-question.js';
import type {QuestionContext} from './question-context.js';
import {replicatedBucketQuestion} from './replicated-bucket-question.js';
import {sectionQuestions} from './section-questions.js';

/** What is asked in a way of its own, since AWS knows what there is to choose from. */
const ownQuestions: {readonly [Name in TableName]?: (context: QuestionContext) => Question} = {
	sourceProfile: (context) => profileQuestion('source', context),
	destinationProfile: (context) => profileQuestion('destination', context),
	sourceRegion: (context) => regionQuestion('source', context),
	sourceBucket: (context) => bucketQuestion('source', context),
	destinationRegion: (context) => regionQuestion('destination', context),
	destinationBucket: (context) => bucketQuestion('destination', context),
	kmsKey: (context) => keyQuestion('there', context),
	backKmsKey: (context) => keyQuestion('back', context),
};

/**
 * All questions up to the plan, as the steps of the wizard ask them; what options have answered is not asked. The options come in the groups
 * of their screen. Of a replication that exists its bucket alone is asked for.
 */
export function questionsOf(context: QuestionContext): readonly Question[] {
	const isExisting = (): boolean => isOfOneBucket(context.session.getState().errand);
	const ofSetUp = steps.flatMap(({id, asks}) => {
		const questions = [
			...(id === 'options'
				? sectionQuestions(id, new Set(asks), context, (name) => ownQuestions[name]?.(context))
				: []),
			...asks.map((name) => questionOf(id, name, context)),
		];
		return isOfBoth(id) ? questions : questions.map((one) => onlyIf(() => !isExisting(), one));
	});
	return [...ofSetUp, onlyIf(isExisting, replicatedBucketQuestion(context))];
}

function isOfBoth(step: StepId): boolean {
	return step === 'environment' || step === 'accounts';
}

function onlyIf(isMeant: () => boolean, question: Question): Question {
	return {isNeeded: () => isMeant() && question.isNeeded(), ask: question.ask};
}

function questionOf(step: StepId, name: AnswerName, context: QuestionContext): Question {
	if (name === 'environment') return environmentQuestion(context);
	return ownQuestions[name]?.(context) ?? entryQuestion(step, name, context);
}
