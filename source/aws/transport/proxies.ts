import type {ServiceEndpoints} from '../../domain/endpoint/service-endpoints.js';
import {bareHost, isLoopback} from './is-loopback.js';
import {fixable, ProblemError} from '../../domain/problem.js';

/** A proxy, and the variable that names it. */
export type Proxy = {readonly url: string; readonly variable: string};

/** What is looked at of a request. */
type Target = {readonly protocol: string; readonly hostname: string; readonly port?: number};

/**
 * Which proxy a request goes through, as the AWS CLI decides it: `HTTPS_PROXY` for https, `HTTP_PROXY` for http, each in small
 * letters first, except for the hosts of `NO_PROXY`; nothing where it goes straight. This machine itself is never asked through
 * one. Throws the problem of a proxy of another kind.
 * Source: AWS CLI User Guide, "Using an HTTP proxy"; botocore, `utils.get_environ_proxies`.
 */
export function proxyFor(
	{protocol, hostname, port}: Target,
	environment: NodeJS.ProcessEnv,
): Proxy | undefined {
	const variable = variableOf(protocol === 'http:' ? 'http_proxy' : 'https_proxy', environment);
	const value = environment[variable]?.trim();
	if (!value || isLoopback(hostname)) return undefined;
	const exceptions = environment[variableOf('no_proxy', environment)] ?? '';
	if (isException(hostname, port ?? (protocol === 'http:' ? 80 : 443), exceptions)) return undefined;
	return {url: proxyUrl(value, variable), variable};
}

/** Throws the problem of a proxy that no call could go through: before any is made, and behind it nobody's sign-in fails. */
export function refuseOddProxies(
	region: string,
	endpoints: ServiceEndpoints,
	environment: NodeJS.ProcessEnv,
): void {
	for (const [service, endpoint] of Object.entries(endpoints)) {
		const {protocol, hostname, port} = new URL(endpoint ?? `https://${service}.${region}.amazonaws.com`);
		proxyFor({protocol, hostname, ...(port !== '' && {port: Number(port)})}, environment);
	}
}

/** Whether any variable names a proxy: only then is what speaks to one loaded. */
export function hasProxy(environment: NodeJS.ProcessEnv): boolean {
	return ['https_proxy', 'http_proxy'].some((name) => environment[variableOf(name, environment)]);
}

/** In small letters where it is set, even if it is empty: so one takes the other away. Source: Python, `urllib.request`. */
function variableOf(name: string, environment: NodeJS.ProcessEnv): string {
	return environment[name] === undefined ? name.toUpperCase() : name;
}

/** Source: Python, `urllib.request.proxy_bypass_environment`, which the AWS CLI asks; `*.name` counts as `.name` besides. */
function isException(hostname: string, port: number, exceptions: string): boolean {
	const host = bareHost(hostname);
	const written = [host, `${host}:${port}`, `[${host}]:${port}`];
	return exceptions.split(/[\s,]+/).some((entry) => {
		const wanted = bareHost(entry.trim());
		if (wanted === '*') return true;
		const name = wanted.replace(/^\*?\.+/, '');
		return name !== '' && written.some((one) => one === name || one.endsWith(`.${name}`));
	});
}

/** A proxy without a scheme is one of http. Source: botocore, `httpsession.ProxyConfiguration`. */
function proxyUrl(value: string, variable: string): string {
	const scheme = /^([a-z][a-z\d+.-]*):\/\//i.exec(value)?.[1]?.toLowerCase();
	if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') {
		const kind = scheme.startsWith('socks') ? 'SOCKS' : scheme.startsWith('pac') ? 'PAC' : scheme;
		throw refused(variable, `It names a proxy of the kind ${kind}. This program speaks to HTTP proxies.`);
	}

	const url = withPlainUser(scheme === undefined ? `http://${value.replace(/^\/\//, '')}` : value);
	if (URL.canParse(url)) return url;
	throw refused(variable, 'A proxy is a URL such as http://proxy.example.com:3128.');
}

/**
 * A URL whose user and password are such as URLs have them: people write theirs as they are (`DOMAIN\\name`, `p@ss#100%`), up to the last @.
 * A percent sign before two hexadecimal digits stands for a letter, as the AWS CLI reads it. Source: RFC 3986, 3.2.1; urllib3, `util.url`.
 */
function withPlainUser(url: string): string {
	const [, scheme = '', user, place = ''] = /^([a-z]+:\/\/)(.*)@([^@/?#\\]+\/*)$/is.exec(url) ?? [];
	if (user === undefined) return url;
	const colon = user.indexOf(':');
	const parts = colon === -1 ? [user] : [user.slice(0, colon), user.slice(colon + 1)];
	return `${scheme}${parts.map(encoded).join(':')}@${place}`;
}

function encoded(part: string): string {
	try {
		const written = part.replaceAll(/%(?![\da-f]{2})/gi, '%25');
		decodeURIComponent(written);
		return written.replaceAll(/[^\w.~!$&'()*+,;=%-]/gu, encodeURIComponent);
	} catch {
		return encodeURIComponent(part);
	}
}

/** The value itself is not shown: proxies have passwords. */
function refused(variable: string, cause: string): ProblemError {
	return new ProblemError(
		fixable('proxy', `Cannot use the proxy of ${variable}`, cause, [
			`Correct ${variable}, for example: export ${variable}=http://proxy.example.com:3128`,
			`Or leave it out: unset ${variable}`,
			'Or name the hosts that need no proxy in NO_PROXY.',
		]),
	);
}
