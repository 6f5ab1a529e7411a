type Timed = {readonly startedAt: number; readonly durationMs: number};

/**
 * How many requests deep a run is: the longest chain in which each request began after the one before it had ended.
 * With a latency well above the noise of the machine this is the number of round trips that a person waits for.
 */
export function requestDepth(requests: readonly Timed[]): number {
	const inOrder = [...requests].sort((left, right) => left.startedAt - right.startedAt);
	const depths: number[] = [];
	for (const [index, request] of inOrder.entries()) {
		const before = inOrder
			.slice(0, index)
			.map((earlier, at) =>
				earlier.startedAt + earlier.durationMs <= request.startedAt ? (depths[at] ?? 0) : 0,
			);
		depths.push(1 + Math.max(0, ...before));
	}

	return Math.max(0, ...depths);
}
