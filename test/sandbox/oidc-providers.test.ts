import {
	AddClientIDToOpenIDConnectProviderCommand,
	CreateOpenIDConnectProviderCommand,
	DeleteOpenIDConnectProviderCommand,
	GetAccountSummaryCommand,
	GetOpenIDConnectProviderCommand,
	ListOpenIDConnectProvidersCommand,
	ListOpenIDConnectProviderTagsCommand,
	RemoveClientIDFromOpenIDConnectProviderCommand,
	TagOpenIDConnectProviderCommand,
	UntagOpenIDConnectProviderCommand,
	UpdateOpenIDConnectProviderThumbprintCommand,
} from '@aws-sdk/client-iam';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {errorOf, openSandbox, type OpenSandbox, sourceAccountId} from './support/open-sandbox.js';

let open: OpenSandbox;
beforeAll(async () => {
	open = await openSandbox();
});
afterAll(async () => open.close());

const thumbprint = 'AB'.repeat(20);

async function make(): Promise<{readonly OpenIDConnectProviderArn: string; readonly Url: string}> {
	const Url = `https://${open.name('host')}.example.com/id/Cluster`;
	const made = await open.iam.send(
		new CreateOpenIDConnectProviderCommand({
			Url,
			ClientIDList: ['sts.amazonaws.com'],
			ThumbprintList: [thumbprint],
			Tags: [{Key: 'team', Value: 'blue'}],
		}),
	);
	return {OpenIDConnectProviderArn: made.OpenIDConnectProviderArn ?? '', Url};
}
const show = async (given: {readonly OpenIDConnectProviderArn: string}) =>
	open.iam.send(new GetOpenIDConnectProviderCommand(given));

// Documented: IAM API reference, CreateOpenIDConnectProvider and the others.
describe('OIDC providers', () => {
	it('are made, shown without the scheme, listed, counted and deleted, twice without harm to others', async () => {
		const made = await make();
		const name = made.Url.replace('https://', '');
		expect(made.OpenIDConnectProviderArn).toBe(`arn:aws:iam::${sourceAccountId}:oidc-provider/${name}`);
		expect(await show(made)).toMatchObject({
			Url: name,
			ClientIDList: ['sts.amazonaws.com'],
			ThumbprintList: [thumbprint.toLowerCase()],
			CreateDate: expect.any(Date) as Date,
			Tags: [{Key: 'team', Value: 'blue'}],
		});
		const arnsNow = async () =>
			(await open.iam.send(new ListOpenIDConnectProvidersCommand({}))).OpenIDConnectProviderList?.map(
				({Arn}) => Arn,
			);
		expect(await arnsNow()).toEqual([made.OpenIDConnectProviderArn]);
		const {SummaryMap} = await open.iam.send(new GetAccountSummaryCommand({}));
		expect(SummaryMap?.['Providers']).toBe(1);
		await open.iam.send(new DeleteOpenIDConnectProviderCommand(made));
		expect(await arnsNow()).toEqual([]);
		const again = await errorOf(open.iam.send(new DeleteOpenIDConnectProviderCommand(made)));
		expect(again).toMatchObject({code: 'NoSuchEntity', status: 404});
	});

	it('take audiences and give them back, once each', async () => {
		const made = await make();
		for (const ClientID of ['mine', 'mine', 'other']) {
			await open.iam.send(new AddClientIDToOpenIDConnectProviderCommand({...made, ClientID}));
		}
		expect((await show(made)).ClientIDList).toEqual(['sts.amazonaws.com', 'mine', 'other']);
		for (const ClientID of ['mine', 'mine']) {
			await open.iam.send(new RemoveClientIDFromOpenIDConnectProviderCommand({...made, ClientID}));
		}
		expect((await show(made)).ClientIDList).toEqual(['sts.amazonaws.com', 'other']);
	});

	it('change their thumbprints all at once', async () => {
		const made = await make();
		const ThumbprintList = ['1'.repeat(40), '2'.repeat(40)];
		await open.iam.send(new UpdateOpenIDConnectProviderThumbprintCommand({...made, ThumbprintList}));
		expect((await show(made)).ThumbprintList).toEqual(ThumbprintList);
	});

	it('carry tags', async () => {
		const made = await make();
		await open.iam.send(
			new TagOpenIDConnectProviderCommand({
				...made,
				Tags: [
					{Key: 'Team', Value: 'red'},
					{Key: 'a', Value: 'b'},
				],
			}),
		);
		const tagsNow = async () => (await open.iam.send(new ListOpenIDConnectProviderTagsCommand(made))).Tags;
		expect(await tagsNow()).toEqual([
			{Key: 'a', Value: 'b'},
			{Key: 'Team', Value: 'red'},
		]);
		await open.iam.send(new UntagOpenIDConnectProviderCommand({...made, TagKeys: ['team']}));
		expect(await tagsNow()).toEqual([{Key: 'a', Value: 'b'}]);
	});
});

// Codes: documented. Words: third-party (moto); of the existing one, of what is no ARN: guessed.
describe('what IAM refuses of OIDC providers', () => {
	type Given = Partial<ConstructorParameters<typeof CreateOpenIDConnectProviderCommand>[0]>;
	const Url = 'https://refused.example.com';

	it.each<[string, Given | (() => Promise<Given>), string, RegExp]>([
		[
			'a host alone',
			{Url: 'refused.example.com'},
			'ValidationError',
			/^Invalid Open ID Connect Provider URL$/,
		],
		['http to others', {Url: 'http://refused.example.com'}, 'ValidationError', /Invalid Open ID/],
		[
			'http to a name that only looks like here',
			{Url: 'http://localhost.example.com'},
			'ValidationError',
			/Invalid/,
		],
		['a query', {Url: `${Url}?a=b`}, 'ValidationError', /Invalid Open ID/],
		['a long URL', {Url: `${Url}/${'a'.repeat(255)}`}, 'ValidationError', /'url' failed .* equal to 255$/],
		['an empty audience', {Url, ClientIDList: ['']}, 'ValidationError', /'clientIDList' failed/],
		[
			'101 audiences',
			{Url, ClientIDList: Array.from({length: 101}, (_, index) => `id-${index}`)},
			'LimitExceeded',
			/^Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: 100$/,
		],
		['a short thumbprint', {Url, ThumbprintList: ['ab']}, 'ValidationError', /'thumbprintList' failed/],
		[
			'six thumbprints',
			{Url, ThumbprintList: Array.from({length: 6}, () => thumbprint)},
			'InvalidInput',
			/^Thumbprint list must contain fewer than 5 entries\.$/,
		],
		['one that is there', make, 'EntityAlreadyExists', /already exists\.$/],
	])('refuses %s', async (_what, given, code, message) => {
		const input = typeof given === 'function' ? await given() : given;
		const error = await errorOf(
			open.iam.send(new CreateOpenIDConnectProviderCommand({Url: undefined, ...input})),
		);
		expect(error.code).toBe(code);
		expect(error.message).toMatch(message);
	});

	it.each([
		['what is no ARN', 'provider', 'InvalidInput'],
		['a role', `arn:aws:iam::${sourceAccountId}:role/r`, 'InvalidInput'],
		['one that is not there', `arn:aws:iam::${sourceAccountId}:oidc-provider/nobody.example`, 'NoSuchEntity'],
	])('finds none under %s', async (_what, OpenIDConnectProviderArn, code) => {
		expect((await errorOf(show({OpenIDConnectProviderArn}))).code).toBe(code);
	});
});
