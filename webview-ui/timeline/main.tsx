import '../shared/theme.css';
import '../shared/controls.css';
import '../shared/details.css';
import '../gantt/gantt.css';
import './timeline.css';

import type { TimelineStrings } from '../../src/protocol/timelineStrings.ts';
import { timelineStrings } from '../../src/protocol/timelineStrings.ts';
import { startForecastThread } from '../forecast/startForecastThread.ts';
import { readPage } from '../shared/readPage.ts';
import { connectToEditor } from '../shared/vscodeApi.ts';
import { mountTimeline } from './mountTimeline.tsx';

const root = document.querySelector('#root');
if (root !== null) {
	const page = readPage(document.body);
	const strings: TimelineStrings = { ...timelineStrings, ...page.strings };
	mountTimeline({
		root,
		host: connectToEditor(),
		session: page.session,
		plan: page.plan,
		strings,
		startThread: () => startForecastThread(page.worker),
	});
}
