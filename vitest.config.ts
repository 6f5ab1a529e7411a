import {defineConfig} from 'vitest/config';

export default defineConfig({
	test: {
		include: ['test/**/*.test.{ts,tsx}'],
		// Ink prints only its last frame under CI.
		env: {CI: 'false', FORCE_COLOR: '0', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true'},
		reporters: ['default', './test/support/closing-line-reporter.ts'],
		testTimeout: 60_000,
		hookTimeout: 60_000,
		pool: 'forks',
		// Many tests wait for a terminal or a server more than they compute: one process more than a two-core machine has cores.
		maxWorkers: 3,
		// Tests in pseudo-terminals wait for what they see; a machine that stands still for seconds gets one more try.
		retry: process.env.CI ? 1 : 0,
	},
});
