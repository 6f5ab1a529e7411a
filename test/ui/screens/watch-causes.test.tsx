import {expect, it} from 'vitest';
import {App} from '../../../source/ui/app/app.js';
import {createHandClock} from '../../support/hand-clock.js';
import {playedUntil, playedWatch} from '../../support/played-watch.js';
import {renderScreen, screenSizes} from '../../support/render-screen.js';
import {until} from '../../support/until.js';
import {expectWithinFrame} from '../../support/within-frame.js';

it.each(screenSizes)(
	'tells the cause of failures in a row and on a page at $columns × $rows',
	async (size) => {
		const watch = playedWatch();
		watch.play({
			type: 'causes-seen',
			sourceBucket: 'acme-logs-prod',
			causes: [
				{
					...{ruleId: 'r', destination: 'acme-logs-dr', key: null, versionId: null},
					...{reason: 'DstPutObjectNotPermitted', certainty: 'certain'},
					headline: 'The policy of acme-logs-dr lacks role copier',
					evidence: 'No statement allows it.',
					mend: 'Add this statement.',
					document: {title: 'Statement for acme-logs-dr', value: {Effect: 'Allow'}},
					fix: null,
				},
			],
			at: playedUntil,
		});
		const screen = await renderScreen(<App session={watch.session} onLeave={() => undefined} />, {
			clock: createHandClock(playedUntil),
			...size,
		});
		await screen.waitFor('? help');
		await screen.waitFor('DstPutObjectNotPermitted');
		expect(screen.frame()).toMatch(/✗ DstPutObjectNotPermitted  .* {3}d why {3}x mend/);
		// Where it is cut in one row it has two, but for the smallest screens.
		const isWhole = screen.frame().includes('The policy of acme-logs-dr lacks role copier');
		expect(isWhole).toBe(size.rows >= 24);
		expect(screen.frame()).toMatch(/✗ FAILED +DstPutObjectNotPermitted/);
		expectWithinFrame(screen, size);
		screen.type('d');
		await screen.waitFor('Statement for acme-logs-dr');
		expect(screen.frame()).toContain('"Effect": "Allow"');
		// The plan is the step before, and is made again there.
		screen.type('x');
		await until(() => watch.calls.includes('stopWatching') && watch.calls.includes('back'));
	},
);
