import '../shared/theme.css';
import '../shared/controls.css';
import '../shared/details.css';
import '../gantt/gantt.css';
import './preview.css';
import './lists.css';
import type { PreviewStrings } from '../../src/protocol/previewStrings.ts';
import { previewStrings } from '../../src/protocol/previewStrings.ts';
import { startForecastThread } from '../forecast/startForecastThread.ts';
import { readPage } from '../shared/readPage.ts';
import { connectToEditor } from '../shared/vscodeApi.ts';
import { mountPreview } from './mountPreview.tsx';

const root = document.querySelector('#root');
if (root !== null) {
	const page = readPage(document.body);
	const strings: PreviewStrings = { ...previewStrings, ...page.strings };
	mountPreview({
		root,
		host: connectToEditor(),
		session: page.session,
		plan: page.plan,
		strings,
		startThread: () => startForecastThread(page.worker),
	});
}
