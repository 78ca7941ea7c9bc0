/** `timeout`: no answer came. `closed`: the conversation ended. `remote`: the other end failed. `malformed`: its answer did not fit. */
export type RpcErrorReason = 'timeout' | 'closed' | 'remote' | 'malformed';

/** Why a request has no result. */
export class RpcError extends Error {
	readonly reason: RpcErrorReason;
	readonly method: string;

	constructor(reason: RpcErrorReason, method: string, detail?: string) {
		super(`${method}: ${detail ?? reason}`);
		this.name = 'RpcError';
		this.reason = reason;
		this.method = method;
	}

	static is(error: unknown, reason?: RpcErrorReason): error is RpcError {
		return error instanceof RpcError && (reason === undefined || error.reason === reason);
	}
}
