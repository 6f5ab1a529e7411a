// The watch screen alone, drawn on the terminal it is started in: its events come from a simulated source. Bundled as the
// program is, started by `drawing-bench.ts`; writes what it measured to the file it is given.
import {writeFileSync} from 'node:fs';
import {App} from '../../source/ui/app/app.js';
import {renderApp} from '../../source/ui/app/render-app.js';
import {createTheme} from '../../source/ui/theme.js';
import {simulateWatch} from '../support/simulated-watch.js';
import {arrived, asked, requestsMade, sent, watchStarted} from '../support/watch-events.js';

const [resultFile = '', objectsText = '10000', secondsText = '10'] = process.argv.slice(2);
const objects = Number(objectsText);
const measuredMs = Number(secondsText) * 1000;
const perSecond = 100;
const delayMs = 10_000;
const stepMs = 20;
const settleMs = 2000;

const watch = simulateWatch(objects);
let bytes = 0;
let frames = 0;
let writtenAt = 0;
let writtenCpu = 0;
const cpuMs = (): number => {
	const {user, system} = process.cpuUsage();
	return (user + system) / 1000;
};
const counted = new Proxy(process.stdout, {
	get(target, name) {
		const value: unknown = Reflect.get(target, name, target);
		if (name === 'write') {
			return (text: string, callback?: () => void) => {
				bytes += Buffer.byteLength(text);
				frames++;
				writtenAt = performance.now();
				writtenCpu = cpuMs();
				return target.write(text, callback);
			};
		}

		return typeof value === 'function' ? (value.bind(target) as unknown) : value;
	},
});

/** Everything that happens to the file with a number, as of a time after its upload. */
const follow = (index: number, at: number): void => {
	watch.play(asked(index, 'COMPLETED', at), arrived(index, at, delayMs - (index % 100) * 60));
};
let sentCount = 0;
let arrivedCount = 0;
const advance = (now: number, from: number): void => {
	const due = Math.min(objects, Math.floor(((now - from) / 1000) * perSecond));
	for (; sentCount < due; sentCount++) watch.play(...sent(sentCount, now));
	const back = Math.min(sentCount, Math.floor(((now - delayMs - from) / 1000) * perSecond));
	for (; arrivedCount < back; arrivedCount++) follow(arrivedCount, now);
	watch.play(requestsMade(2, 1, 2, now));
};

// All but what is measured has happened already.
const startedAt = Date.now();
const before = Math.max(0, objects - Math.ceil((perSecond * (measuredMs + settleMs)) / 1000));
const from = startedAt - (before / perSecond) * 1000;
watch.play(watchStarted(from));
for (let now = from; now < startedAt; now += stepMs) advance(now, from);

const app = renderApp(<App session={watch.session} onLeave={() => undefined} />, {
	stdin: process.stdin,
	stdout: counted,
	theme: createTheme({hasColour: true, hasUnicode: true}),
	onInterrupt: () => process.exit(1),
});
const wait = async (ms: number): Promise<void> =>
	new Promise((resolve) => {
		setTimeout(resolve, ms);
	});

const source = setInterval(() => advance(Date.now(), from), stepMs);
await wait(settleMs);
const begin = {cpu: cpuMs(), bytes, frames, at: performance.now()};
await wait(measuredMs);
const drawn = {
	cpu: cpuMs() - begin.cpu,
	bytes: bytes - begin.bytes,
	frames: frames - begin.frames,
	ms: performance.now() - begin.at,
};

// Keys while it goes on: from the moment one is read to the frame that shows it.
const keys: Array<{readonly wallMs: number; readonly cpuMs: number}> = [];
for (let press = 0; press < 60; press++) {
	await wait(37 + (press % 7) * 9);
	const readAt = performance.now();
	const readCpu = cpuMs();
	process.stdin.emit('data', press % 20 < 10 ? '\u001B[B' : '\u001B[A');
	while (writtenAt < readAt) await new Promise((resolve) => setImmediate(resolve));
	keys.push({wallMs: writtenAt - readAt, cpuMs: writtenCpu - readCpu});
}

clearInterval(source);
// Everything arrives; then nothing moves any more.
const end = Date.now();
for (; sentCount < objects; sentCount++) watch.play(...sent(sentCount, end));
for (; arrivedCount < objects; arrivedCount++) follow(arrivedCount, end);
await wait(2500);
const still = {bytes, frames, cpu: cpuMs()};
await wait(3000);
const idle = {bytes: bytes - still.bytes, frames: frames - still.frames, cpuMs: cpuMs() - still.cpu};
const result = {objects, drawn, keys, idle, residentBytes: process.memoryUsage().rss};
app.leave();
writeFileSync(resultFile, JSON.stringify(result));
process.exit(0);
