import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('the extension in a trusted planning folder', () => {
	it('activates', async () => {
		const extension = vscode.extensions.getExtension('switchyard.switchyard');
		assert.ok(extension, 'the extension is not there');
		await extension.activate();
		assert.equal(extension.isActive, true);
	});

	it('runs in a trusted workspace', () => {
		assert.equal(vscode.workspace.isTrusted, true);
	});
});
