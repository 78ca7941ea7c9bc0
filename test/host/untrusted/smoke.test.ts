import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('the extension in a folder that nobody trusted', () => {
	it('activates all the same', async () => {
		assert.equal(vscode.workspace.isTrusted, false);
		const extension = vscode.extensions.getExtension('switchyard.switchyard');
		assert.ok(extension, 'the extension is not there');
		await extension.activate();
		assert.equal(extension.isActive, true);
	});
});
