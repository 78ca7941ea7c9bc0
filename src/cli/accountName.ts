import { userInfo } from 'node:os';

/** Who sits at the terminal, as the machine names them. An account without a name (in a container) is nobody in particular. */
export function accountName(): string {
	try {
		return userInfo().username;
	} catch {
		return 'a person';
	}
}
