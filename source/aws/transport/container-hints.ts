import {isLoopback} from './is-loopback.js';
import {textOf} from './setting-places.js';

const ofEcs = 'http://169.254.170.2';

/** Hosts that plain http is taken from beside this machine. Source: @aws-sdk/credential-provider-http, `checkUrl`. */
const linkLocal = ['169.254.170.2', '169.254.170.23', '[fd00:ec2::23]'];

/**
 * Why the endpoint of a container may have given no credentials, as steps: the SDK says of each failure that no provider has any.
 * Nothing where the environment names none.
 * Source: AWS SDKs and Tools Reference Guide, "Container credential provider".
 */
export function containerHints(environment: NodeJS.ProcessEnv): readonly string[] {
	const {AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: relative, AWS_CONTAINER_CREDENTIALS_FULL_URI: full} =
		environment;
	const variable = `AWS_CONTAINER_CREDENTIALS_${relative ? 'RELATIVE' : 'FULL'}_URI`;
	const uri = relative ? `${ofEcs}${relative}` : full;
	if (!uri) return [];
	if (!URL.canParse(uri)) return [`Correct ${variable}: it is no URL.`];
	const {protocol, hostname} = new URL(uri);
	if (protocol === 'http:' && !isLoopback(hostname) && !linkLocal.includes(hostname))
		return [`Name https in ${variable}: plain http is for this machine, ECS and EKS.`];
	const file = environment.AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE;
	const given = file ? textOf(file) : environment.AWS_CONTAINER_AUTHORIZATION_TOKEN;
	const holder = file ?? 'AWS_CONTAINER_AUTHORIZATION_TOKEN';
	if (given !== undefined && /[\r\n]/.test(given))
		return [`Take the line break out of ${holder}: the SDK sends the token as it is.`];
	const header = file ? ` -H "Authorization: $(cat ${file})"` : given ? ' -H "Authorization: …"' : '';
	return [`See what the endpoint of ${variable} answers: curl -i${header} ${uri}`];
}
