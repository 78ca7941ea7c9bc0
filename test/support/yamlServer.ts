import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { LspProcess } from './lspProcess.ts';

interface Contribution {
	readonly fileMatch: string | readonly string[];
	readonly url: string;
}

/** The YAML language server that the Red Hat extension and other editors use, with our schemas. */
export async function startYamlServer(): Promise<LspProcess> {
	const yaml = { validate: true, schemas: contributedSchemas(), schemaStore: { enable: false } };
	const script = resolve('node_modules/yaml-language-server/bin/yaml-language-server');
	return await LspProcess.start({ script, settings: { yaml } });
}

/** The schemas of the manifest, as the Red Hat extension hands them on. */
function contributedSchemas(): Record<string, readonly string[]> {
	const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
	const contributions: readonly Contribution[] = manifest.contributes.yamlValidation;
	return Object.fromEntries(
		contributions.map(({ url, fileMatch }) => [
			pathToFileURL(resolve(url)).href,
			[fileMatch].flat().map((pattern) => `/${pattern}`),
		]),
	);
}
