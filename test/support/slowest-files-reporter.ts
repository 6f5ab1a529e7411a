import path from 'node:path';
import type {Reporter, TestModule, Vitest} from 'vitest/node';

const shownCount = 8;

/** Says where the time went: the files that took longest, and how the long tables were sampled. */
export default class SlowestFilesReporter implements Reporter {
	private vitest: Vitest | undefined;

	onInit(vitest: Vitest): void {
		this.vitest = vitest;
	}

	onTestRunEnd(testModules: readonly TestModule[]): void {
		if (testModules.length === 0) return;
		const rows = testModules
			.map((testModule) => ({file: testModule.moduleId, seconds: testModule.diagnostic().duration / 1000}))
			.sort((one, other) => other.seconds - one.seconds)
			.slice(0, shownCount);
		const lines = rows.map(
			({file, seconds}) => `  ${seconds.toFixed(1).padStart(6)} s  ${path.relative('.', file)}`,
		);
		const {TEST_SHARE: share = '1', TEST_SEED: seed = ''} = this.vitest?.config.env ?? {};
		const tables =
			share === '1'
				? 'whole'
				: `sampled: ${Number(share) * 100} % with TEST_SEED=${seed}; npm run test:all tries them whole`;
		process.stdout.write(`\nLong tables: ${tables}\nSlowest files:\n${lines.join('\n')}\n`);
	}
}
