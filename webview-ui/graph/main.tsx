import '../shared/theme.css';
import '../shared/controls.css';
import '../shared/details.css';
import './page.css';
import './drawing.css';
import './cards.css';
import './overlays.css';
import type { GraphStrings } from '../../src/protocol/graphStrings.ts';
import { graphStrings } from '../../src/protocol/graphStrings.ts';
import { readPage } from '../shared/readPage.ts';
import { connectToEditor } from '../shared/vscodeApi.ts';
import { mountGraph } from './mountGraph.tsx';

const root = document.querySelector('#root');
if (root !== null) {
	const page = readPage(document.body);
	const strings: GraphStrings = { ...graphStrings, ...page.strings };
	mountGraph({ root, host: connectToEditor(), session: page.session, plan: page.plan, strings });
}
