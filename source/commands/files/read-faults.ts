import {messageOf} from '../../domain/problem.js';
import {readRegularFile} from '../../aws/transport/read-regular-file.js';
import type {FaultRule, ParsedFaults} from '../../sandbox/start-sandbox.js';

type FaultParser = (text: string) => ParsedFaults;

/** Takes the file that --faults names, gives its rules, or the sentence about what is wrong with it. */
export async function readFaults(file: string | undefined, parse: FaultParser): Promise<ParsedFaults> {
	if (file === undefined) return {ok: true, rules: [] satisfies FaultRule[]};
	try {
		return parse((await readRegularFile(file)).text);
	} catch (error) {
		return {ok: false, reason: messageOf(error)};
	}
}
