import {defineConfig} from 'vitest/config';

// A limit here is a guard against a test that hangs, never a measure: a busy machine must not fail one.
const hangsAfterMs = 300_000;

/** Tests that start the built program, other programs, or stop processes. */
const processes = [
	'test/*.test.ts',
	'test/{commands,end-to-end}/**/*.test.ts',
	'test/engine/watch-accounts.test.ts',
	'test/sandbox/private-folder.test.ts',
	'test/ui/{shell-lines,keys-in-a-terminal}.test.ts',
];

// The long tables are sampled by the seed; `npm run test:all` (the mode `all`) tries them whole.
const sampledShare = 0.05;
process.env.TEST_SEED ??= String(Date.now() % 1_000_000);

export default defineConfig(({mode}) => {
	// Read anew for each project, without the mode: the first reading decides for all.
	process.env.TEST_SHARE ??= mode === 'all' ? '1' : String(sampledShare);
	// React as the program ships it: with its checks for developers, the screens' tests take half as much again. The whole tables keep them.
	process.env.NODE_ENV = process.env.TEST_SHARE === '1' ? 'test' : 'production';
	return {
		test: {
			reporters: [
				'default',
				'./test/support/slowest-files-reporter.ts',
				'./test/support/closing-line-reporter.ts',
			],
			// `npm test` runs the projects side by side: while one waits for programs and terminals, the other computes.
			maxWorkers: 2,
			projects: [
				{
					extends: true,
					test: {
						name: 'in-process',
						include: ['test/**/*.test.{ts,tsx}'],
						exclude: processes,
						// Nothing in `source/` happens at import time, so that the files of a worker can share its modules: importing was half of the CPU.
						pool: 'threads',
						isolate: false,
					},
				},
				{
					extends: true,
					test: {name: 'processes', include: processes, pool: 'forks', isolate: false},
				},
			],
			env: {
				// Ink prints only its last frame under CI.
				CI: 'false',
				FORCE_COLOR: '0',
				AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
				TEST_SHARE: process.env.TEST_SHARE,
				TEST_SEED: process.env.TEST_SEED,
			},
			testTimeout: hangsAfterMs,
			hookTimeout: hangsAfterMs,
			// Tests in pseudo-terminals wait for what they see; a machine that stands still for seconds gets one more try.
			retry: process.env.CI ? 1 : 0,
		},
	};
});
