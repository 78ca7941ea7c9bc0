import type { CommandHandler, CommandServices } from './commandServices.ts';

/** `switchyard.refresh`: asks the server for every plan anew; for file systems that tell nobody of changes. */
export function refresh({ requestPlans, tree }: CommandServices): CommandHandler {
	return async () => {
		await requestPlans();
		tree.refresh();
	};
}
