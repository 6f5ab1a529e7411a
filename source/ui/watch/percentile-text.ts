import type {DelayFacts} from '../../domain/watch/delay-histogram.js';
import {durationText} from '../../domain/text/duration-text.js';

/** A percentile for people; a dash before anything has arrived. */
export const percentileText = (delays: DelayFacts, part: number): string =>
	delays.count === 0 ? '-' : durationText(part === 1 ? delays.maxMs : delays.quantile(part));
