/*
 * Measures error rates on people's own pictures. Stable names for tests and stylesheets:
 *
 *   #engine-status[data-state], #engine-progress, #notice[data-code], #details, #backend   as on the login page
 *   #evaluation[data-phase=empty|reading|comparing|done]
 *   #intake, with #folder-button and the file input #folder-input; #intake-note
 *   #reading, with #reading-count "2 of 5", #reading-left and #reading-cancel
 *   #result, with #summary, #stopped, #figures and #clear-button
 *   #recommendation[data-supported=yes|no], with #rate, #recommendation-threshold, #recommendation-text, #recommendation-support, #limits
 *   #download, with #set-name, #download-button, #code-line and #copy-button
 *   #score-chart, #roc-chart, #det-chart
 *   #points-table, #frames-table, #own-table
 *   #strangers-list, #apart-list; #failures, with #failures-reasons
 */
import { bindDetails } from '../engine/bindDetails.js';
import { bindEmbeddingSize } from '../engine/bindEmbeddingSize.js';
import { bindEngineStatus } from '../engine/bindEngineStatus.js';
import { chooseBackend } from '../engine/backendChoice.js';
import { chooseModel, USUAL_MODEL } from '../engine/modelChoice.js';
import { EngineHost } from '../engine/EngineHost.js';
import { createPageStore } from '../state/PageState.js';
import { trustOwnWorkers } from '../trust/trustOwnWorkers.js';
import { announce } from '../ui/announce.js';
import { bindNotice } from '../ui/bindNotice.js';
import { bindPages } from '../ui/bindPages.js';
import { byId } from '../ui/byId.js';
import { bindCharts } from './bindCharts.js';
import { bindDownload } from './bindDownload.js';
import { bindFailures } from './bindFailures.js';
import { bindFolder } from './bindFolder.js';
import { bindProgress } from './bindProgress.js';
import { bindRecommendation } from './bindRecommendation.js';
import { bindResult } from './bindResult.js';
import { bindTables } from './bindTables.js';
import { bindWorstPairs } from './bindWorstPairs.js';
import { EvaluationDesk } from './EvaluationDesk.js';
import { createEvaluationStore } from './EvaluationState.js';
import { PairStatistics } from './PairStatistics.js';
import { Turns } from './Turns.js';

trustOwnWorkers();

const page = createPageStore();
const evaluation = createEvaluationStore();
const host = new EngineHost(page, { unmeasured: true });
const desk = new EvaluationDesk(page, evaluation, host, new PairStatistics());
const turns = new Turns();
const nothing = () => undefined;

bindPages();
bindEngineStatus(page);
bindDetails(page, host);
bindEmbeddingSize(page);
bindNotice(page, {
  'retry-engine': () => void host.load(),
  'use-automatic-backend': () => chooseBackend('auto'),
  'use-usual-model': () => chooseModel(USUAL_MODEL),
  'enroll-again': nothing,
  'forget-and-enroll': nothing,
  reload: () => location.reload(),
});
bindFolder(evaluation, desk);
bindResult(evaluation, announce);
bindRecommendation(evaluation);
bindDownload(evaluation, announce);
bindCharts(evaluation, turns);
bindTables(evaluation, turns);
bindWorstPairs(evaluation, turns);
bindFailures(evaluation);
// Last, so that the element it focuses exists by then.
bindProgress(page, evaluation, desk);
byId('clear-button').addEventListener('click', () => {
  desk.clear();
  byId('folder-button').focus();
});
void host.load();
