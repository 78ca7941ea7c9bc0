import * as vscode from 'vscode';

/** Who checks syntax and schemas of files with an ending, and the setting that turns that off. */
const services = [
	{ extension: 'redhat.vscode-yaml', setting: 'yaml.validate', endings: ['.yaml', '.yml'] },
	{ extension: 'vscode.json-language-features', setting: 'json.validate.enable', endings: ['.json'] },
] as const;

/** Endings of the files that another extension checks against our schemas: the server leaves doubled messages to it. */
export function validatedElsewhere(): readonly string[] {
	return services
		.filter(
			({ extension, setting }) =>
				vscode.extensions.getExtension(extension) !== undefined &&
				vscode.workspace.getConfiguration().get(setting) !== false,
		)
		.flatMap(({ endings }) => endings);
}
