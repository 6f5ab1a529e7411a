import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {createKeyHold} from '../../source/ui/terminal/key-hold.js';

beforeEach(() => {
	vi.useFakeTimers();
});

afterEach(() => {
	vi.useRealTimers();
});

test('calls back at once where nothing holds', () => {
	const callback = vi.fn();
	createKeyHold().whenFree(callback);
	expect(callback).toHaveBeenCalledTimes(1);
});

test('calls back once when the last hold ends', () => {
	const keyHold = createKeyHold();
	const callback = vi.fn();
	const [first, second] = [keyHold.hold(), keyHold.hold()];
	keyHold.whenFree(callback);
	first();
	first();
	expect(callback).not.toHaveBeenCalled();
	second();
	expect(callback).toHaveBeenCalledTimes(1);
});

test('holds for two seconds at most, so that Esc works where nothing answers', () => {
	const keyHold = createKeyHold();
	const callback = vi.fn();
	const release = keyHold.hold();
	keyHold.whenFree(callback);
	vi.advanceTimersByTime(1999);
	expect(callback).not.toHaveBeenCalled();
	vi.advanceTimersByTime(1);
	release();
	expect(callback).toHaveBeenCalledTimes(1);
});
