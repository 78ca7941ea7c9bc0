import { stat } from 'node:fs/promises';
import type * as vscode from 'vscode';
import { explanationLines } from '../../core/run/explanationText.ts';
import { journalFile } from '../../engine/files/runPaths.ts';
import { readExplanation } from '../../engine/journal/readExplanation.ts';
import { plainMarkdown } from '../notify/plainMarkdown.ts';

/** A pointer that passes by must not hold the window up: a longer story is told by "Show Why" alone. */
const largestJournal = 4_000_000;
const mostSentences = 4;
const mostEvents = 3;

/**
 * Appends why a task stands where it stands, as `switchyard why` tells it, each sentence with the lines of the journal that it
 * rests on. Nothing where the run says nothing. All of it goes in as text: it cannot make links or commands.
 */
export async function appendWhy(
	markdown: vscode.MarkdownString,
	runFolder: string,
	task: string,
): Promise<void> {
	const size = await stat(journalFile(runFolder)).then(
		(found) => found.size,
		() => 0,
	);
	const read = size === 0 || size > largestJournal ? null : await readExplanation(runFolder, task);
	if (read?.kind !== 'explained') {
		return;
	}
	for (const { sentence, events, about } of read.explanations.slice(0, mostSentences)) {
		const lines = explanationLines({ sentence, events: events.slice(-mostEvents), about });
		const [first = '', ...rest] = lines.map((line) => line.trim());
		markdown.appendMarkdown(`\n\n${plainMarkdown(first)}`);
		for (const line of rest) {
			markdown.appendMarkdown(`\n- ${plainMarkdown(line)}`);
		}
	}
}
