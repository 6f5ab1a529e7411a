// React's scheduler ships no types; these are the few names used here. It is the copy Ink's reconciler runs on.
declare module 'scheduler' {
	export const unstable_IdlePriority: 5;
	export function unstable_scheduleCallback(priority: number, callback: () => void): unknown;
}
