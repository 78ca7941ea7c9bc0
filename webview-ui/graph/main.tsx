import '../shared/theme.css';
import '../shared/controls.css';
import './page.css';
import './drawing.css';
import './cards.css';
import './overlays.css';
import * as z from 'zod/mini';
import type { GraphStrings } from '../../src/protocol/graphStrings.ts';
import { graphStrings } from '../../src/protocol/graphStrings.ts';
import { connectToEditor } from '../shared/vscodeApi.ts';
import { mountGraph } from './mountGraph.tsx';

const pageData = z.object({
	session: z.string(),
	plan: z.object({ rootUri: z.string(), key: z.string() }),
	strings: z.record(z.string(), z.string()),
});

/** What the host wrote into the page: attributes of the body, the last two as JSON. */
function readPage(body: HTMLElement) {
	const { session, plan, strings } = body.dataset;
	return pageData.parse({
		session,
		plan: JSON.parse(plan ?? 'null'),
		strings: JSON.parse(strings ?? '{}'),
	});
}

const root = document.querySelector('#root');
if (root !== null) {
	const page = readPage(document.body);
	const strings: GraphStrings = { ...graphStrings, ...page.strings };
	mountGraph({ root, host: connectToEditor(), session: page.session, plan: page.plan, strings });
}
