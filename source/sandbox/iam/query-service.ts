import {type Partition} from '../world/partition.js';
import {createHash} from 'node:crypto';
import {decideAccess} from '../access/decide-access.js';
import {requestContextOf} from '../access/request-context.js';
import {ConnectionReset} from '../faults/connection-reset.js';
import {throwEarlyFault} from '../faults/early-fault.js';
import {authenticate} from '../http/authenticate.js';
import {type Exchange, type HttpReply} from '../http/exchange.js';
import {readBody} from '../http/read-body.js';
import {parseForm} from '../http/wire-request.js';
import {explainDenial} from '../../policy/explain.js';
import {describeBug, ServiceError} from '../wire/service-error.js';
import {escapeXml} from '../wire/escape-xml.js';
import {type Operation} from '../wire/operation.js';
import {parseQueryInput, renderQueryOutput} from '../wire/query-codec.js';
import {type Identity} from '../world/credential.js';
import {openAccount, type World} from '../world/world.js';
import {type QueryAction, type QueryCall, type UnsignedAction} from './action.js';
import {iamAuthenticationErrors, iamError, iamFaultErrors, notImplemented} from './errors.js';

const bodyLimitBytes = 1024 * 1024;

export type QueryServiceDefinition = {
	readonly name: 'iam' | 'sts';
	readonly version: string;
	readonly xmlNamespace: string;
	readonly operations: ReadonlyMap<string, Operation>;
	readonly actions: ReadonlyMap<string, QueryAction<never, object>>;
	/** They carry a token of somebody else's instead of a signature. */
	readonly unsignedActions: ReadonlyMap<string, UnsignedAction<never, object>>;
	/** Throws where the signature names a region in which the service is not. */
	readonly checkRegion: (region: string, partition: Partition) => void;
};

/** Answers requests as a service of the AWS query protocol: IAM or STS. */
export class QueryService {
	readonly #world: World;
	readonly #definition: QueryServiceDefinition;

	constructor(world: World, definition: QueryServiceDefinition) {
		this.#world = world;
		this.#definition = definition;
	}

	/** Takes a request, gives its answer; errors are answers too. */
	async handle(exchange: Exchange): Promise<HttpReply> {
		const headers = {'x-amzn-requestid': exchange.requestId, 'content-type': 'text/xml'};
		try {
			const body = await this.#answer(exchange);
			return {status: 200, headers, body: Buffer.from(body)};
		} catch (error) {
			if (error instanceof ConnectionReset) throw error;
			const known = error instanceof ServiceError ? error : iamError('InternalFailure', describeBug(error));
			const body = renderError(known, this.#definition.xmlNamespace, exchange.requestId);
			return {status: known.status, headers, body: Buffer.from(body), errorCode: known.code};
		}
	}

	async #answer(exchange: Exchange): Promise<string> {
		const {request, authorization, message, log} = exchange;
		const raw = await readBody(message, bodyLimitBytes);
		if (raw === undefined) throw iamError('InvalidInput', 'The request is too long');
		const form = new Map([...request.query, ...parseForm(raw.toString('utf8'))]);
		const name = form.get('Action') ?? '';
		log.operation = name === '' ? request.method : name;
		// It comes unsigned as well.
		if (name === 'AssumeRoleWithSAML') throw notImplemented(name);
		const unsigned = this.#definition.unsignedActions.get(name);
		if (unsigned !== undefined) return this.#answerUnsigned(exchange, unsigned, form);
		if (exchange.signatureFault !== undefined) throw iamError('IncompleteSignature');
		if (authorization === undefined) throw iamError('MissingAuthenticationToken');
		const payloadHash = createHash('sha256').update(raw).digest('hex');
		const declared = request.headers['x-amz-content-sha256'];
		if (declared !== undefined && declared !== payloadHash) throw iamError('SignatureDoesNotMatch');
		const identity = authenticate(this.#world, request, authorization, payloadHash, iamAuthenticationErrors);
		log.accountId = identity.accountId;
		// Without MFA they may not call IAM at all (STS API reference, GetSessionToken; the code: third-party).
		const isWithoutMfa = identity.kind === 'user' && identity.isSession && identity.mfaAtMs === undefined;
		if (this.#definition.name === 'iam' && isWithoutMfa) throw iamError('InvalidClientTokenId');
		this.#definition.checkRegion(authorization.region, this.#world.partition);
		const {operations, actions, version, xmlNamespace} = this.#definition;
		const operation = operations.get(name);
		if (operation === undefined) {
			throw iamError(
				'InvalidAction',
				`Could not find operation ${name} for version ${form.get('Version') ?? version}`,
			);
		}
		const action = actions.get(name);
		if (action === undefined) throw notImplemented(name);
		const input = parseQueryInput(operation, form);
		const target = action.target?.(input as never);
		if (target !== undefined) log.target = target;
		throwEarlyFault(
			exchange.meetFault({operation: name, accountId: identity.accountId, bucket: undefined}),
			iamFaultErrors,
		);
		const output = this.#perform(action, identity, input);
		return renderQueryOutput(operation, output, {xmlNamespace, requestId: exchange.requestId});
	}

	async #answerUnsigned(
		exchange: Exchange,
		action: UnsignedAction<never, object>,
		form: ReadonlyMap<string, string>,
	): Promise<string> {
		const {operations, xmlNamespace} = this.#definition;
		const operation = operations.get(action.name)!;
		const input = parseQueryInput(operation, form) as never;
		const accountId = action.accountIdOf(input);
		Object.assign(exchange.log, {accountId, target: action.target(input)});
		throwEarlyFault(
			exchange.meetFault({operation: action.name, accountId, bucket: undefined}),
			iamFaultErrors,
		);
		const output = await action.run({world: this.#world, input});
		return renderQueryOutput(operation, output, {xmlNamespace, requestId: exchange.requestId});
	}

	#perform(action: QueryAction<never, object>, identity: Identity, input: Record<string, unknown>): object {
		const world = this.#world;
		const call = {
			world,
			identity,
			account: openAccount(world, identity.accountId),
			input,
		} as unknown as QueryCall<never>;
		const permission = action.permission?.(call);
		if (permission !== undefined) {
			const {request, decision} = decideAccess(world, identity, {
				...permission,
				resourceAccountId: identity.accountId,
				context: {...requestContextOf(world, world.partition.globalRegions[0]), ...permission.context},
			});
			if (!decision.isAllowed) throw iamError('AccessDenied', explainDenial(request, decision));
		}
		return action.run(call);
	}
}

function renderError(error: ServiceError, xmlNamespace: string, requestId: string): string {
	const type = error.status >= 500 ? 'Receiver' : 'Sender';
	return (
		`<ErrorResponse xmlns="${xmlNamespace}"><Error><Type>${type}</Type><Code>${error.code}</Code>` +
		`<Message>${escapeXml(error.message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`
	);
}
