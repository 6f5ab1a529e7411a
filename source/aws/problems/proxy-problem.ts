import type {ProxyFailure} from '../responses/proxy-failure.js';
import {fixable, type Problem} from '../../domain/problem.js';

/** The problem of a proxy that cannot be reached, or does not let this program through: nothing of it is AWS's. */
export function proxyProblem({message, facts}: ProxyFailure): Problem {
	const {place, variable, status, isTls = false, isNoTunnel = false, asksFor = []} = facts;
	const named = `${variable} names it.`;
	const around = `If AWS can be reached without it: unset ${variable}, or name the host in NO_PROXY.`;
	// Source: RFC 6585, 6: a network that asks to sign in first answers 511, or leads to its page.
	if (isNoTunnel || status === 511 || (status !== undefined && status >= 300 && status < 400))
		return fixable('proxy-refused', `The proxy ${place} lets nothing through`, `${message} ${named}`, [
			'Open a website in a browser: the network may ask to sign in first.',
			`Check that ${variable} names a proxy: ${place}.`,
			around,
		]);
	// A gateway's own trouble may pass, as a connection that fails may.
	if (status === undefined || status >= 500)
		return fixable('proxy-unreachable', `Cannot get through the proxy ${place}`, `${message} ${named}`, [
			...(isTls
				? [`Write http://${place} into ${variable}: https is for a proxy that speaks TLS itself.`]
				: []),
			status === undefined
				? `Check that a proxy listens at ${place}, and correct ${variable} if not.`
				: 'Try again later, or ask who runs the proxy: it does not reach AWS.',
			around,
		]);
	const takesPassword = asksFor.length === 0 || asksFor.some((scheme) => scheme.toLowerCase() === 'basic');
	if (status === 407 && !takesPassword)
		return fixable(
			'proxy-refused',
			`The proxy ${place} lets nothing through`,
			`${message} It takes ${asksFor.join(' or ')}. This program signs in with a password (Basic). ${named}`,
			[`Run a proxy here that signs in to it (Px, CNTLM). Name that one in ${variable}.`, around],
		);
	return fixable('proxy-refused', `The proxy ${place} lets nothing through`, `${message} ${named}`, [
		status === 407
			? `Put the user name and the password into ${variable}, with an @ before ${place}.`
			: 'Ask who runs the proxy to allow the hosts of AWS.',
		around,
	]);
}
