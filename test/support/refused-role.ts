import type {Connection} from '../../source/aws/ports.js';
import {fixable, ProblemError} from '../../source/domain/problem.js';

/** Connections that may not read the role until they are let. */
export function refusedRole(): {
	readonly wrap: (connection: Connection) => Connection;
	readonly allow: () => void;
} {
	const refusal = new ProblemError(
		fixable('not-allowed', 'Cannot read the role', 'AccessDenied (iam:GetRole).', ['Ask for iam:GetRole.']),
	);
	let isRefused = true;
	return {
		wrap: (connection) => ({
			...connection,
			roles: {
				...connection.roles,
				async get(...given) {
					if (isRefused) throw refusal;
					return connection.roles.get(...given);
				},
			},
		}),
		allow() {
			isRefused = false;
		},
	};
}
