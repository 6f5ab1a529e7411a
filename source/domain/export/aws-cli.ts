import {accountNameIn} from '../answers/bucket-name.js';
import {regionOfKey} from '../answers/key-name.js';
import {roleNameOf, rolePathOf} from '../arn.js';
import {quoted} from '../text/shell-word.js';
import {jsonText} from '../text/visible-text.js';
import {
	type ExportedBucket,
	type ExportedFile,
	type ExportedKey,
	type ExportedPlace,
	type ExportedRole,
	namedProfile,
	type SetUp,
} from './set-up.js';

/** One call of the AWS CLI: service and command, options, and documents that it reads from files. */
type Call = {
	readonly words: readonly string[];
	readonly options: Readonly<Record<string, string | undefined>>;
	readonly document?: {readonly option: string; readonly name: string; readonly value: unknown};
	/** AWS may refuse it for some seconds, until it has heard of what was made before. */
	readonly takesTime?: boolean;
};

const head = (source: string): string => `#!/usr/bin/env bash
# Makes the replication of ${source} from nothing: buckets, role, policies, rules.
# For AWS CLI 1 and 2. What exists is kept, so that it can be run again.
set -euo pipefail
export AWS_PAGER=''

# The documents below are written to a folder of their own, which goes at the end.
documents=$(mktemp -d)
trap 'rm -rf "$documents"' EXIT
cd "$documents"

# A new role takes some seconds until S3 and KMS know it: what they refuse is tried again.
again() {
  local try
  for try in {1..24}; do
    if "$@"; then return 0; fi
    echo "Try $try of 24 was refused; the next follows" >&2
    sleep 5
  done
  return 1
}`;

/**
 * A set-up as a script for the AWS CLI that makes the same from nothing. Pure.
 * Source: AWS CLI Command Reference, s3api, iam, kms; IAM User Guide, "Troubleshoot IAM" (changes are not always immediately visible).
 */
export function awsCliFiles(setUp: SetUp): readonly ExportedFile[] {
	const {buckets, roles, keys, leftOut} = setUp;
	const source = buckets[0]?.bucket ?? '';
	const sections = [
		...buckets.map((bucket) => section(`The bucket ${bucket.bucket}`, bucketLines(bucket, setUp))),
		...roles.map((role) => section(`The role that S3 uses`, roleLines(role, setUp))),
		...buckets
			.filter(({policy}) => policy !== undefined)
			.map((bucket) => section(`What ${bucket.bucket} lets in`, policyLines(bucket, setUp))),
		...keys.map((key) => section('The policy of a key', keyLines(key, setUp))),
		...buckets
			.filter(({replication}) => replication !== undefined)
			.map((bucket) => section(`The rules of ${bucket.bucket}`, ruleLines(bucket, setUp))),
	];
	const remarks = leftOut.length === 0 ? [] : [leftOut.map((line) => `# ${oneLine(line)}`).join('\n')];
	const text = [head(oneLine(source)), ...remarks, ...sections, `echo 'The replication is set up.'`].join(
		'\n\n',
	);
	return [{name: 'replication.sh', text: `${text}\n`, isProgram: true}];
}

function bucketLines(bucket: ExportedBucket, setUp: SetUp): readonly string[] {
	const {bucket: name, region, versioning, isLocked, tags} = bucket;
	const call = caller(bucket, setUp);
	return [
		`if ! ${call({words: ['s3api', 'head-bucket'], options: {bucket: name}})} 2>/dev/null; then`,
		`  ${call({
			words: ['s3api', 'create-bucket', ...(isLocked ? ['--object-lock-enabled-for-bucket'] : [])],
			options: {
				bucket: name,
				'bucket-namespace': accountNameIn(name) ? 'account-regional' : undefined,
				// S3 knows no such constraint for this region. Source: S3 API Reference, CreateBucketConfiguration.
				'create-bucket-configuration': region === 'us-east-1' ? undefined : `LocationConstraint=${region}`,
			},
		})} >/dev/null`,
		`  ${call({words: ['s3api', 'wait', 'bucket-exists'], options: {bucket: name}})}`,
		'fi',
		...(tags.length === 0
			? []
			: written(call, {
					words: ['s3api', 'put-bucket-tagging'],
					options: {bucket: name},
					document: {option: 'tagging', name: 'tags.json', value: {TagSet: tags}},
				})),
		...(versioning === 'Unversioned'
			? []
			: [
					call({
						words: ['s3api', 'put-bucket-versioning'],
						options: {bucket: name, 'versioning-configuration': `Status=${versioning}`},
					}),
				]),
	];
}

function roleLines(role: ExportedRole, setUp: SetUp): readonly string[] {
	const {arn, description, trust, maxSessionSeconds, boundaryArn, tags, inline, attachedArns} = role;
	const name = roleNameOf(arn);
	const call = caller(role, setUp);
	return [
		...documentLines('trust-policy.json', trust),
		`if ! ${call({words: ['iam', 'get-role'], options: {'role-name': name}})} >/dev/null 2>&1; then`,
		...(tags.length === 0 ? [] : documentLines('role-tags.json', tags)),
		`  ${call({
			words: ['iam', 'create-role'],
			options: {
				'role-name': name,
				path: rolePathOf(arn),
				description: description === '' ? undefined : description,
				'max-session-duration': maxSessionSeconds === undefined ? undefined : String(maxSessionSeconds),
				'permissions-boundary': boundaryArn,
				tags: tags.length === 0 ? undefined : 'file://role-tags.json',
				'assume-role-policy-document': 'file://trust-policy.json',
			},
		})} >/dev/null`,
		`  ${call({words: ['iam', 'wait', 'role-exists'], options: {'role-name': name}})}`,
		'fi',
		...inline.flatMap(({name: policyName, document}) =>
			written(call, {
				words: ['iam', 'put-role-policy'],
				options: {'role-name': name, 'policy-name': policyName},
				document: {option: 'policy-document', name: 'role-policy.json', value: document},
			}),
		),
		...attachedArns.map((policyArn) =>
			call({words: ['iam', 'attach-role-policy'], options: {'role-name': name, 'policy-arn': policyArn}}),
		),
	];
}

function policyLines(bucket: ExportedBucket, setUp: SetUp): readonly string[] {
	return written(caller(bucket, setUp), {
		words: ['s3api', 'put-bucket-policy'],
		options: {bucket: bucket.bucket},
		document: {option: 'policy', name: 'bucket-policy.json', value: bucket.policy},
		takesTime: true,
	});
}

function keyLines(key: ExportedKey, setUp: SetUp): readonly string[] {
	return written(caller({...key, region: regionOfKey(key.arn) ?? key.region}, setUp), {
		words: ['kms', 'put-key-policy'],
		options: {'key-id': key.arn, 'policy-name': 'default'},
		document: {option: 'policy', name: 'key-policy.json', value: key.policy},
		takesTime: true,
	});
}

function ruleLines(bucket: ExportedBucket, setUp: SetUp): readonly string[] {
	return written(caller(bucket, setUp), {
		words: ['s3api', 'put-bucket-replication'],
		options: {bucket: bucket.bucket},
		document: {option: 'replication-configuration', name: 'replication.json', value: bucket.replication},
		takesTime: true,
	});
}

/** A document written to its file, and the call that reads it. */
function written(call: (one: Call) => string, one: Call): readonly string[] {
	const {document} = one;
	return [...(document ? documentLines(document.name, document.value) : []), call(one)];
}

/** What stands between the lines is taken as it is: nothing of it means anything to the shell. */
function documentLines(name: string, value: unknown): readonly string[] {
	return [`cat >${name} <<'JSON'`, jsonText(value, 2), 'JSON'];
}

/** How a call is written in some place. */
function caller({region, profile}: ExportedPlace, {endpoints}: SetUp): (one: Call) => string {
	return ({words: [service = '', ...words], options, document, takesTime = false}) => {
		const name = namedProfile(profile);
		const endpointUrl = endpoints[profile]?.[service === 's3api' ? 's3' : (service as 'iam' | 'kms')];
		const said = [
			...Object.entries(options),
			...(document ? [[document.option, `file://${document.name}`] as const] : []),
		].flatMap(([option, value]) => (value === undefined ? [] : [`--${option} ${quoted(value)}`]));
		return [
			...(takesTime ? ['again'] : []),
			'aws',
			...(name === undefined ? [] : [`--profile ${quoted(name)}`]),
			`--region ${region}`,
			...(endpointUrl === undefined || endpointUrl === null ? [] : [`--endpoint-url ${quoted(endpointUrl)}`]),
			[service, ...words].join(' '),
			`\\\n  ${said.join(' ')}`,
		].join(' ');
	};
}

const section = (title: string, lines: readonly string[]): string =>
	[`# ${oneLine(title)}`, ...lines].join('\n');

/** A comment ends with its line. */
const oneLine = (text: string): string => text.replaceAll(/[\r\n]/g, ' ');
