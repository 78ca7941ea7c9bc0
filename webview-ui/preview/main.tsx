import '../shared/theme.css';
import '../shared/controls.css';
import '../shared/details.css';
import '../gantt/gantt.css';
import './preview.css';
import './lists.css';
import type { PreviewStrings } from '../../src/protocol/previewStrings.ts';
import { previewStrings } from '../../src/protocol/previewStrings.ts';
import { startForecastThread } from '../forecast/startForecastThread.ts';
import { startPage } from '../shared/startPage.ts';
import { mountPreview } from './mountPreview.tsx';

startPage<PreviewStrings>(previewStrings, (options, worker) =>
	mountPreview({ ...options, startThread: () => startForecastThread(worker) }),
);
