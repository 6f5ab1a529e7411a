import {readFileSync} from 'node:fs';
import type {FaultRule, ParsedFaults} from '../sandbox/start-sandbox.js';

type FaultParser = (text: string) => ParsedFaults;

/** Takes the file that --faults names, gives its rules, or the sentence about what is wrong with it. */
export function readFaults(file: string | undefined, parse: FaultParser): ParsedFaults {
	if (file === undefined) return {ok: true, rules: [] satisfies FaultRule[]};
	try {
		return parse(readFileSync(file, 'utf8'));
	} catch (error) {
		return {ok: false, reason: error instanceof Error ? error.message : String(error)};
	}
}
