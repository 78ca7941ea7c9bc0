/** Percent-encodes a relative path the way the editor does, so that both faces of a plan name a file alike. */
export function encodePath(path: string): string {
	return path.split('/').map(encodeSegment).join('/');
}

/** The URI of a path below a folder; `folderUri` has no trailing slash. */
export function joinUri(folderUri: string, path: string): string {
	return path === '' ? folderUri : `${folderUri}/${encodePath(path)}`;
}

/** The path of a file below a folder, with `/`; null when the file lies elsewhere. */
export function relativePath(folderUri: string, uri: string): string | null {
	if (!uri.startsWith(`${folderUri}/`)) {
		return null;
	}
	return decodePath(uri.slice(folderUri.length + 1));
}

/** The last part of a URI or path, decoded. */
export function baseName(uri: string): string {
	return decodePath(uri.slice(uri.lastIndexOf('/') + 1));
}

/** The folder that holds a file, as a URI without a trailing slash. */
export function parentUri(uri: string): string {
	return uri.slice(0, Math.max(0, uri.lastIndexOf('/')));
}

function encodeSegment(segment: string): string {
	// A lone surrogate is a legal file name on some systems and makes encodeURIComponent throw.
	return encodeURIComponent(segment.replace(/\p{Surrogate}/gu, '\uFFFD')).replace(
		/[!'()*]/g,
		(char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
	);
}

function decodePath(path: string): string {
	try {
		return decodeURIComponent(path);
	} catch {
		// A stray percent sign: the text itself is then the best name there is.
		return path;
	}
}
