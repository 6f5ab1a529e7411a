import {consentFor, type WantedConsent} from '../../domain/answers/consents.js';
import type {PlanResult} from '../../domain/plan/make-plan.js';
import type {Session} from '../../session/session.js';

/**
 * Makes a plan; where what others made stands in its way, asks for a yes to change that, and plans anew with it. What would change has
 * been written with the checks by then.
 *
 * @param plan plans with the answers that the session has
 * @param ask whether a person says yes
 */
export async function planAsking(
	session: Session,
	plan: () => Promise<PlanResult>,
	ask: (consent: WantedConsent) => Promise<boolean>,
): Promise<PlanResult> {
	for (;;) {
		const result = await plan();
		const consent = result.ok ? undefined : consentFor(result.problems);
		if (!consent || !(await ask(consent))) return result;
		session.answer('check', {[consent.name]: true});
	}
}
