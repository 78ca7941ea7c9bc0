import { expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { LineTable } from '../../../src/core/plan/lineTable.ts';

test.each(['', 'a', 'a\nb', 'a\r\nb\r\n', 'a\rb\r\r\n\nc', '\n\n', '\r', 'ä😀\nb'])(
	'every offset of %j has the place that the editor gives it',
	(text) => {
		const document = TextDocument.create('file:///x', 'yaml', 1, text);
		const table = new LineTable(text);
		const offsets = Array.from({ length: text.length + 3 }, (_, i) => i - 1);
		expect(offsets.map((offset) => table.positionAt(offset))).toEqual(
			offsets.map((offset) => document.positionAt(offset)),
		);
	},
);
