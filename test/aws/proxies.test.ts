import {describe, expect, test} from 'vitest';
import {hasProxy, proxyFor, refuseOddProxies} from '../../source/aws/transport/proxies.js';
import {problemFrom} from '../../source/domain/problem.js';

const proxy = 'http://proxy.example.com:3128';
const sts = 'https://sts.us-east-1.amazonaws.com';

function target(url: string) {
	const {protocol, hostname, port} = new URL(url);
	return {protocol, hostname, ...(port !== '' && {port: Number(port)})};
}

// AWS CLI User Guide, "Using an HTTP proxy"; Python, urllib.request: getproxies_environment, which the AWS CLI asks.
describe('the proxy of a request', () => {
	test.each<readonly [NodeJS.ProcessEnv, string, string | undefined]>([
		[{}, sts, undefined],
		[{HTTPS_PROXY: proxy}, sts, proxy],
		[{https_proxy: proxy}, sts, proxy],
		[{https_proxy: proxy, HTTPS_PROXY: 'http://other:1'}, sts, proxy],
		[{https_proxy: '', HTTPS_PROXY: proxy}, sts, undefined],
		[{HTTPS_PROXY: ''}, sts, undefined],
		[{HTTP_PROXY: proxy}, sts, undefined],
		[{HTTPS_PROXY: proxy}, 'http://minio.example.com:9000', undefined],
		[{HTTP_PROXY: proxy}, 'http://minio.example.com:9000', proxy],
		[{http_proxy: proxy}, 'http://minio.example.com', proxy],
		[{ALL_PROXY: proxy}, sts, undefined],
		[{HTTPS_PROXY: 'proxy.example.com:3128'}, sts, proxy],
		[{HTTPS_PROXY: '//proxy.example.com:3128'}, sts, proxy],
		[{HTTPS_PROXY: ' HTTP://proxy.example.com:3128 '}, sts, 'HTTP://proxy.example.com:3128'],
		[{HTTPS_PROXY: 'https://u:p@proxy.example.com'}, sts, 'https://u:p@proxy.example.com'],
		// As people write theirs: wstunnel#183, hpagent#120, got-scraping#55, git-for-windows#821; urllib3 splits at the last @.
		[{HTTPS_PROXY: 'http://u:p@ss@proxy.example.com:3128'}, sts, 'http://u:p%40ss@proxy.example.com:3128'],
		[
			{HTTPS_PROXY: 'http://u:a#b/c?d@proxy.example.com:3128/'},
			sts,
			'http://u:a%23b%2Fc%3Fd@proxy.example.com:3128/',
		],
		[
			{HTTPS_PROXY: 'CORP\\u:100%@proxy.example.com:3128'},
			sts,
			'http://CORP%5Cu:100%25@proxy.example.com:3128',
		],
		[{HTTPS_PROXY: 'http://u%40x:p%c3%a4%zz@[::2]:3128'}, sts, 'http://u%40x:p%c3%a4%25zz@[::2]:3128'],
		[
			{HTTPS_PROXY: 'http://u:pä%e4@proxy.example.com:3128'},
			sts,
			'http://u:p%C3%A4%25e4@proxy.example.com:3128',
		],
	])('%j, %s: %s', (environment, url, expected) => {
		expect(proxyFor(target(url), environment)?.url).toBe(expected);
	});

	test.each(['localhost', 'lab.localhost', '127.0.0.1', '127.8.0.1', '[::1]'])(
		'is none for this machine: %s',
		(host) => {
			const environment = {HTTPS_PROXY: proxy, HTTP_PROXY: proxy};
			expect(proxyFor(target(`https://${host}:4566`), environment)).toBeUndefined();
			expect(proxyFor(target(`http://${host}`), environment)).toBeUndefined();
		},
	);
});

// Python, urllib.request: proxy_bypass_environment; `*.name` is what other programs read.
describe('NO_PROXY', () => {
	const minio = 'https://minio.example.com:9000';
	test.each([
		['amazonaws.com', sts, false],
		['.amazonaws.com', sts, false],
		['*.amazonaws.com', sts, false],
		['AmazonAWS.com', sts, false],
		['localhost, .amazonaws.com ,x', sts, false],
		['localhost .amazonaws.com', sts, false],
		['sts.us-east-1.amazonaws.com', sts, false],
		['sts.us-east-1.amazonaws.com:443', sts, false],
		['sts.us-east-1.amazonaws.com:8443', sts, true],
		['naws.com', sts, true],
		['us-east-1', sts, true],
		['s3.us-east-1.amazonaws.com', sts, true],
		['*', sts, false],
		['a,*', sts, false],
		['', sts, true],
		[',,', sts, true],
		['.', sts, true],
		['minio.example.com', minio, false],
		['minio.example.com:9000', minio, false],
		['minio.example.com:443', minio, true],
		['10.1.2.3', 'https://10.1.2.3:9000', false],
		['10.1.2.3:9000', 'https://10.1.2.3:9000', false],
		// No range: neither does the AWS CLI read one.
		['10.0.0.0/8', 'https://10.1.2.3:9000', true],
		['fd00::1', 'https://[fd00::1]:9000', false],
		['[fd00::1]:9000', 'https://[fd00::1]:9000', false],
	])('%s, %s: proxied %s', (exceptions, url, isProxied) => {
		for (const name of ['NO_PROXY', 'no_proxy']) {
			const found = proxyFor(target(url), {HTTPS_PROXY: proxy, [name]: exceptions});
			expect(found !== undefined).toBe(isProxied);
		}
	});

	test('counts in small letters where both are set', () => {
		const environment = {HTTPS_PROXY: proxy, NO_PROXY: '*', no_proxy: 'example.com'};
		expect(proxyFor(target(sts), environment)?.url).toBe(proxy);
	});
});

describe('a proxy of another kind', () => {
	const nowhere = {s3: null, iam: null, sts: null, kms: null};
	test.each([
		['socks5://user:s3cr3t@proxy.example.com:1080', /kind SOCKS/],
		['socks5h://proxy.example.com', /kind SOCKS/],
		['pac+http://proxy.example.com/proxy.pac', /kind PAC/],
		['ftp://proxy.example.com', /kind ftp/],
		['http://[bad', /A proxy is a URL/],
	])('is refused by name before anything is asked: %s', (HTTPS_PROXY, cause) => {
		const refuse = () => refuseOddProxies('us-east-1', nowhere, {HTTPS_PROXY});
		expect(refuse).toThrow(cause);
		const problem = problemFrom(thrownBy(refuse));
		expect(problem).toMatchObject({code: 'proxy', headline: 'Cannot use the proxy of HTTPS_PROXY'});
		expect(JSON.stringify(problem)).not.toContain('s3cr3t');
	});

	test.each([
		[{...nowhere}, {HTTPS_PROXY: 'socks5://x', NO_PROXY: 'amazonaws.com'}],
		[
			{s3: 'http://127.0.0.1:1', iam: 'http://127.0.0.1:1', sts: 'https://localhost', kms: 'http://[::1]:2'},
			{HTTPS_PROXY: 'socks5://x'},
		],
	])('is nobody’s business where no call goes through it: %j', (endpoints, environment) => {
		expect(() => refuseOddProxies('us-east-1', endpoints, environment)).not.toThrow();
	});
});

test('what speaks to proxies is loaded only where one is named', () => {
	expect([{}, {NO_PROXY: '*'}, {HTTP_PROXY: ''}, {https_proxy: proxy}].map(hasProxy)).toEqual([
		false,
		false,
		false,
		true,
	]);
});

function thrownBy(act: () => unknown): unknown {
	try {
		return act();
	} catch (error) {
		return error;
	}
}
