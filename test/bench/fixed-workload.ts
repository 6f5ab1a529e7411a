import process from 'node:process';

const times = 15;
const document = Array.from({length: 400}, (_, index) => ({
	key: `logs/2026/11/${String(index).padStart(5, '0')}.txt`,
	versionId: `v${index}aBcDeFgH`,
	sizeBytes: index * 1024,
	states: ['PENDING', 'COMPLETED', 'REPLICA'],
}));

/** What of a machine's speed is known by: a work that is always the same, of text and objects as the program's is. */
function workOnce(): number {
	let length = 0;
	for (let round = 0; round < 60; round++) {
		const read = JSON.parse(JSON.stringify(document)) as typeof document;
		const lines = read.map(({key, states}) => `${key.toUpperCase().padEnd(40)}${states.join(' ')}`).sort();
		length += lines.join('\n').length;
	}

	return length;
}

/** How many milliseconds of CPU the fixed work takes on this machine now: the median of some times, after others to warm up. */
export function fixedWorkloadMs(): number {
	const took: number[] = [];
	for (let time = 0; time < 2 * times; time++) {
		const before = process.cpuUsage();
		if (workOnce() === 0) throw new Error('The fixed work has come to nothing.');
		const {user, system} = process.cpuUsage(before);
		if (time >= times) took.push((user + system) / 1000);
	}

	took.sort((left, right) => left - right);
	return took[Math.floor(times / 2)] ?? Number.NaN;
}
