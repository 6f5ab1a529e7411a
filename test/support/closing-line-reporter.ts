import type {Reporter, TestModule} from 'vitest/node';

/** Closes a run with the one line that CI reads: `N passed, N failed`. */
export default class ClosingLineReporter implements Reporter {
	onTestRunEnd(testModules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
		let passed = 0;
		let failed = unhandledErrors.length;
		for (const testModule of testModules) {
			failed += testModule.errors().length;
			// A group whose preparation failed skips its tests: none of them would be counted.
			for (const suite of testModule.children.allSuites()) failed += suite.errors().length;
			for (const test of testModule.children.allTests()) {
				if (test.result().state === 'passed') passed++;
				if (test.result().state === 'failed') failed++;
			}
		}

		// `npm test` has checks beside the tests, and closes with what came of both.
		if (process.send) {
			process.send({passed, failed});
			return;
		}

		// After the default reporter's own summary, which is printed in the same tick.
		process.once('exit', () => {
			process.stdout.write(`${passed} passed, ${failed} failed\n`);
		});
	}
}
