import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('the extension in an empty folder', () => {
	it('is there and is not active: nothing asked for it', () => {
		const extension = vscode.extensions.getExtension('switchyard.switchyard');
		assert.ok(extension, 'the extension is not there');
		assert.equal(extension.isActive, false);
		assert.equal(vscode.workspace.workspaceFolders?.length, 1);
	});
});
