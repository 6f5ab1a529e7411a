import {type MfaDevice} from '../world/account.js';
import {isCodeOf, stepAt} from './totp.js';

/** How many steps a device's clock may be off, either way. AWS does not say how many it allows: RFC 6238, section 5.2. */
const toleranceSteps = 1;

/** Takes a code: it has to be right, and newer than those taken before, for AWS takes none twice (seen: aws/aws-cli#2279). */
export function takeCode(device: MfaDevice, code: string, nowMs: number): boolean {
	const now = stepAt(nowMs);
	for (let step = now - toleranceSteps; step <= now + toleranceSteps; step += 1) {
		if (step > device.usedStep && isCodeOf(device.seed, step, code)) {
			device.usedStep = step;
			return true;
		}
	}
	return false;
}

/** Takes two codes that follow each other, as a device is enabled with: who types them has waited for the second. That they count as taken is a guess. */
export function takeTwoCodes(device: MfaDevice, first: string, second: string, nowMs: number): boolean {
	const now = stepAt(nowMs);
	for (let step = now - toleranceSteps - 1; step <= now; step += 1) {
		if (isCodeOf(device.seed, step, first) && isCodeOf(device.seed, step + 1, second)) {
			device.usedStep = step + 1;
			return true;
		}
	}
	return false;
}
