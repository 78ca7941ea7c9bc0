/** One function for each route. */
export function client({ resource }) {
	return `// Written by tools/generate.mjs from service.json.

/** The service said no; \`status\` is its HTTP status, the message its reason. */
export class ServiceError extends Error {
	constructor(status, message) {
		super(message);
		this.status = status;
	}
}

/** Functions that call the service at \`address\`, for example \`http://127.0.0.1:8085\`. */
export function createClient(address) {
	const call = async (method, path, note) => {
		const response = await fetch(new URL(path, address), {
			method,
			...(note === undefined ? {} : { body: JSON.stringify(note) }),
		});
		if (response.status === 204) {
			return undefined;
		}
		const body = await response.json();
		if (!response.ok) {
			throw new ServiceError(response.status, body.error);
		}
		return body;
	};
	return {
		list: () => call('GET', '/${resource}'),
		add: (note) => call('POST', '/${resource}', note),
		get: (id) => call('GET', \`/${resource}/\${id}\`),
		replace: (id, note) => call('PUT', \`/${resource}/\${id}\`, note),
		remove: (id) => call('DELETE', \`/${resource}/\${id}\`),
	};
}
`;
}
