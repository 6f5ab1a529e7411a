import {Text} from 'ink';
import {useState} from 'react';
import {afterEach, beforeEach, describe, expect, it, test, vi} from 'vitest';
import {createClock} from '../../source/ui/clock.js';
import {useKeys} from '../../source/ui/hooks/use-keys.js';
import {useNow} from '../../source/ui/hooks/use-now.js';
import {useSampled} from '../../source/ui/hooks/use-sampled.js';
import {createHandClock} from '../support/hand-clock.js';
import {renderScreen} from '../support/render-screen.js';

describe('the clock', () => {
	beforeEach(() => {
		vi.useFakeTimers({
			toFake: [
				'setTimeout',
				'clearTimeout',
				'setInterval',
				'clearInterval',
				'setImmediate',
				'clearImmediate',
				'performance',
				'Date',
			],
		});
	});
	afterEach(() => {
		vi.useRealTimers();
	});

	it('draws the first change soon and those after it ten times a second, however many they are', () => {
		const clock = createClock();
		const draw = vi.fn();
		clock.requestFrame(draw);
		vi.advanceTimersByTime(1);
		expect(draw).toHaveBeenCalledTimes(1);
		for (let step = 0; step < 1000; step++) {
			clock.requestFrame(draw);
			vi.advanceTimersByTime(1);
		}

		expect(draw).toHaveBeenCalledTimes(11);
	});

	it('draws at once what a key has changed', () => {
		const clock = createClock();
		const draw = vi.fn();
		clock.requestFrame(draw);
		clock.flush();
		clock.requestFrame(draw);
		clock.flush();
		expect(draw).toHaveBeenCalledTimes(2);
	});

	it('has no timer while nobody looks and nothing waits', () => {
		const clock = createClock();
		const end = clock.everySecond(() => undefined);
		const draw = vi.fn();
		clock.requestFrame(draw);
		clock.cancelFrame(draw);
		end();
		vi.advanceTimersByTime(5000);
		expect([draw.mock.calls.length, vi.getTimerCount()]).toEqual([0, 0]);
	});

	it('draws what waits together with the second', () => {
		const clock = createClock();
		const order: string[] = [];
		clock.everySecond(() => order.push('second'));
		vi.advanceTimersByTime(990);
		clock.requestFrame(() => order.push('data'));
		vi.advanceTimersByTime(1);
		clock.requestFrame(() => order.push('data'));
		vi.advanceTimersByTime(9);
		expect(order).toEqual(['second', 'data', 'second', 'data']);
	});
});

/** A number that others change, as a session's state is. */
const createNumber = () => {
	const listeners = new Set<() => void>();
	let value = 0;
	return {
		get: () => value,
		subscribe(listener: () => void) {
			listeners.add(listener);
			return () => void listeners.delete(listener);
		},
		increase() {
			value++;
			for (const listener of listeners) listener();
		},
	};
};

test('a thousand changes are one frame, and no change is none', async () => {
	const number = createNumber();
	let renders = 0;
	const Shown = () => {
		renders++;
		return <Text>the number {useSampled(number.subscribe, number.get)}</Text>;
	};
	const clock = createHandClock();
	const screen = await renderScreen(<Shown />, {clock});
	await screen.waitFor('the number 0');
	const before = {renders, bytes: screen.output().length};
	for (let step = 0; step < 1000; step++) number.increase();
	expect(screen.frame()).toContain('the number 0');
	clock.frame();
	await screen.waitFor('the number 1000');
	expect(renders).toBe(before.renders + 1);
	const after = screen.output().length;
	clock.frame();
	clock.tick();
	await screen.waitFor('the number 1000');
	expect([renders, screen.output().length]).toEqual([before.renders + 1, after]);
	expect(after - before.bytes).toBeLessThan(40);
});

test('a second and data that are due together are one frame', async () => {
	const number = createNumber();
	const Shown = () => (
		<Text>
			{useNow(true)} {useSampled(number.subscribe, number.get)}
		</Text>
	);
	const clock = createHandClock(1000);
	const screen = await renderScreen(<Shown />, {clock});
	await screen.waitFor('1000 0');
	const before = screen.output().length;
	number.increase();
	clock.tick();
	await screen.waitFor('2000 1');
	expect(screen.output().slice(before).split('\u001B[?2026h')).toHaveLength(2);
});

test('what a key changes is seen without waiting for a frame', async () => {
	const number = createNumber();
	const Shown = () => {
		const [presses, setPresses] = useState(0);
		useKeys([
			{
				keys: ['u'],
				label: 'up',
				action() {
					number.increase();
					setPresses(presses + 1);
				},
			},
		]);
		return (
			<Text>
				{presses} {useSampled(number.subscribe, number.get)}
			</Text>
		);
	};
	const screen = await renderScreen(<Shown />, {clock: createHandClock()});
	await screen.waitFor('0 0');
	screen.type('uu');
	await screen.waitFor('2 2');
});
