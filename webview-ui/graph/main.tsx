import '../shared/theme.css';
import '../shared/controls.css';
import '../shared/details.css';
import './page.css';
import './drawing.css';
import './cards.css';
import './overlays.css';
import type { GraphStrings } from '../../src/protocol/graphStrings.ts';
import { graphStrings } from '../../src/protocol/graphStrings.ts';
import { startPage } from '../shared/startPage.ts';
import { mountGraph } from './mountGraph.tsx';

startPage<GraphStrings>(graphStrings, mountGraph);
