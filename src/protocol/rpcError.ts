/** `timeout`: no answer came. `closed`: the conversation ended. `remote`: the other end failed. `malformed`: its answer did not fit. */
export type RpcErrorReason = 'timeout' | 'closed' | 'remote' | 'malformed';

/** Why a request has no result. */
export class RpcError extends Error {
	readonly reason: RpcErrorReason;
	readonly method: string;
	/** What went wrong, without the method's name: for a person. */
	readonly detail: string;

	constructor(reason: RpcErrorReason, method: string, detail: string = reason) {
		super(`${method}: ${detail}`);
		this.name = 'RpcError';
		this.reason = reason;
		this.method = method;
		this.detail = detail;
	}

	static is(error: unknown, reason?: RpcErrorReason): error is RpcError {
		return error instanceof RpcError && (reason === undefined || error.reason === reason);
	}
}
