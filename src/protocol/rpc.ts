import * as z from 'zod/mini';
import type { Disposable } from '../core/base/disposable.ts';
import { DisposableOwner, toDisposable } from '../core/base/disposable.ts';
import type { Event } from '../core/base/emitter.ts';
import type { Logger } from '../core/base/ports.ts';
import { RpcError } from './rpcError.ts';

/** Something that carries messages both ways, in order: a webview, or two objects in a test. */
export interface Transport {
	post(message: unknown): void;
	readonly onMessage: Event<unknown>;
}

/** A question with an answer. Both ends check both. */
export interface RpcRequest<P, R> {
	readonly method: string;
	readonly params: z.ZodMiniType<P>;
	readonly result: z.ZodMiniType<R>;
}

/** A statement without an answer. */
export interface RpcNotification<P> {
	readonly method: string;
	readonly params: z.ZodMiniType<P>;
}

export function requestType<P, R>(
	method: string,
	params: z.ZodMiniType<P>,
	result: z.ZodMiniType<R>,
): RpcRequest<P, R> {
	return { method, params, result };
}

export function notificationType<P>(method: string, params: z.ZodMiniType<P>): RpcNotification<P> {
	return { method, params };
}

const envelope = z.object({
	jsonrpc: z.literal('2.0'),
	session: z.string(),
	id: z.optional(z.number()),
	method: z.optional(z.string()),
	params: z.optional(z.unknown()),
	result: z.optional(z.unknown()),
	error: z.optional(z.object({ code: z.number(), message: z.string() })),
});
type Envelope = z.infer<typeof envelope>;

/** Codes of the JSON-RPC 2.0 specification. */
const errorCode = { unknownMethod: -32601, badParams: -32602, failed: -32603 } as const;

export interface RpcPeerOptions {
	readonly transport: Transport;
	readonly logger: Logger;
	/** Names one life of the page. Messages of another, late ones of a page that is gone, are not taken. */
	readonly session: string;
	/** How long an answer may take. */
	readonly timeoutMs?: number;
}

interface Handler {
	readonly params: z.ZodMiniType<unknown>;
	readonly result: z.ZodMiniType<unknown> | null;
	readonly handle: (params: unknown) => unknown;
}

interface Pending {
	readonly method: string;
	readonly result: z.ZodMiniType<unknown>;
	readonly resolve: (value: unknown) => void;
	readonly reject: (error: RpcError) => void;
	readonly timer: ReturnType<typeof setTimeout>;
}

/**
 * One end of a JSON-RPC 2.0 conversation. Nothing that arrives can make it throw: what is malformed, unknown or of
 * another session is logged and counted in `refused`, and a request among it is answered with an error.
 */
export class RpcPeer extends DisposableOwner {
	readonly #options: RpcPeerOptions;
	readonly #handlers = new Map<string, Handler>();
	readonly #pending = new Map<number, Pending>();
	#nextId = 1;
	#refused = 0;

	constructor(options: RpcPeerOptions) {
		super();
		this.#options = options;
		this.register(options.transport.onMessage((message) => this.#receive(message)));
		this.register(toDisposable(() => this.#rejectAll()));
	}

	/** How many messages were not understood. */
	get refused(): number {
		return this.#refused;
	}

	onRequest<P, R>(type: RpcRequest<P, R>, handle: (params: P) => R | Promise<R>): Disposable {
		return this.#listen(type.method, {
			params: type.params,
			result: type.result,
			handle: (params) => handle(params as P),
		});
	}

	onNotification<P>(type: RpcNotification<P>, handle: (params: P) => void): Disposable {
		return this.#listen(type.method, {
			params: type.params,
			result: null,
			handle: (params) => handle(params as P),
		});
	}

	/** Rejects with an `RpcError` when the other end fails, says nothing in time, or the conversation ends. */
	request<P, R>(type: RpcRequest<P, R>, params: P): Promise<R> {
		if (this.isDisposed) {
			return Promise.reject(new RpcError('closed', type.method));
		}
		const id = this.#nextId++;
		const answer = new Promise<unknown>((resolve, reject) => {
			const timer = setTimeout(() => {
				this.#pending.delete(id);
				reject(new RpcError('timeout', type.method));
			}, this.#options.timeoutMs ?? 30_000);
			this.#pending.set(id, { method: type.method, result: type.result, resolve, reject, timer });
		});
		this.#post({ id, method: type.method, params });
		return answer as Promise<R>;
	}

	notify<P>(type: RpcNotification<P>, params: P): void {
		if (!this.isDisposed) {
			this.#post({ method: type.method, params });
		}
	}

	#listen(method: string, handler: Handler): Disposable {
		this.#handlers.set(method, handler);
		return toDisposable(() => {
			if (this.#handlers.get(method) === handler) {
				this.#handlers.delete(method);
			}
		});
	}

	#post(message: Omit<Envelope, 'jsonrpc' | 'session'>): void {
		this.#options.transport.post({ jsonrpc: '2.0', session: this.#options.session, ...message });
	}

	#receive(message: unknown): void {
		const parsed = z.safeParse(envelope, message);
		if (!parsed.success) {
			this.#refuse(`a message that is no JSON-RPC envelope: ${explain(parsed.error)}`);
			return;
		}
		if (parsed.data.session !== this.#options.session) {
			this.#refuse(`a message of another session (${parsed.data.method ?? 'an answer'})`);
			return;
		}
		if (parsed.data.method === undefined) {
			this.#settle(parsed.data);
			return;
		}
		this.#dispatch(parsed.data.method, parsed.data);
	}

	#dispatch(method: string, { id, params }: Envelope): void {
		const handler = this.#handlers.get(method);
		if (handler === undefined) {
			this.#refuse(`the unknown method ${method}`);
			this.#answerError(id, errorCode.unknownMethod, `There is no method ${method}.`);
			return;
		}
		const parsed = z.safeParse(handler.params, params);
		if (!parsed.success) {
			this.#refuse(`${method} with parameters that do not fit: ${explain(parsed.error)}`);
			this.#answerError(id, errorCode.badParams, `The parameters of ${method} do not fit.`);
			return;
		}
		this.#handle(handler, { method, id, params: parsed.data }).catch((error: unknown) => {
			this.#options.logger.error(`${method} failed: ${String(error)}`);
			this.#answerError(id, errorCode.failed, error instanceof Error ? error.message : String(error));
		});
	}

	async #handle(
		handler: Handler,
		call: { method: string; id: number | undefined; params: unknown },
	): Promise<void> {
		const result = await handler.handle(call.params);
		if (call.id !== undefined && handler.result !== null && !this.isDisposed) {
			this.#post({ id: call.id, result });
		}
	}

	#answerError(id: number | undefined, code: number, message: string): void {
		if (id !== undefined && !this.isDisposed) {
			this.#post({ id, error: { code, message } });
		}
	}

	#settle({ id, result, error }: Envelope): void {
		const pending = id === undefined ? undefined : this.#pending.get(id);
		if (id === undefined || pending === undefined) {
			this.#refuse('an answer that nobody waits for');
			return;
		}
		this.#pending.delete(id);
		clearTimeout(pending.timer);
		if (error !== undefined) {
			pending.reject(new RpcError('remote', pending.method, error.message));
			return;
		}
		const parsed = z.safeParse(pending.result, result);
		if (parsed.success) {
			pending.resolve(parsed.data);
			return;
		}
		this.#refuse(`an answer to ${pending.method} that does not fit: ${explain(parsed.error)}`);
		pending.reject(new RpcError('malformed', pending.method));
	}

	#refuse(what: string): void {
		this.#refused++;
		this.#options.logger.warn(`Received ${what}. It was not acted on.`);
	}

	#rejectAll(): void {
		for (const pending of this.#pending.values()) {
			clearTimeout(pending.timer);
			pending.reject(new RpcError('closed', pending.method));
		}
		this.#pending.clear();
	}
}

/** Where and what kind, never the value: a message may carry anything. */
function explain(error: z.core.$ZodError): string {
	const issue = error.issues[0];
	return issue === undefined ? 'unknown' : `${issue.path.join('.') || 'the whole'}: ${issue.code}`;
}
