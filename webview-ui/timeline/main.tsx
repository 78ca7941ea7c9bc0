import '../shared/theme.css';
import '../shared/controls.css';
import '../shared/details.css';
import '../gantt/gantt.css';
import './timeline.css';
import type { TimelineStrings } from '../../src/protocol/timelineStrings.ts';
import { timelineStrings } from '../../src/protocol/timelineStrings.ts';
import { startForecastThread } from '../forecast/startForecastThread.ts';
import { startPage } from '../shared/startPage.ts';
import { mountTimeline } from './mountTimeline.tsx';

startPage<TimelineStrings>(timelineStrings, (options, worker) =>
	mountTimeline({ ...options, startThread: () => startForecastThread(worker) }),
);
