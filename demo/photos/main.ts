/*
 * Sorts photos by person. Stable names for tests and stylesheets:
 *
 *   #engine-status[data-state], #engine-progress, #notice[data-code]   as on the login page
 *   #album[data-phase=empty|reading|done]
 *   #intake, with #photos-button, #folder-button and the file inputs #photos-input and #folder-input; #intake-note
 *   #reading, with #reading-count "2 of 5" and #reading-cancel
 *   #result, with #summary, #strictness, #save-button, #clear-button
 *   #people > .person, each with a heading, .person-name and .faces; #once with #once-faces
 *   #left-out, with #left-out-reasons
 *   #viewer, with #viewer-photo and #viewer-close
 */
import { bindEmbeddingSize } from '../engine/bindEmbeddingSize.js';
import { bindEngineStatus } from '../engine/bindEngineStatus.js';
import { chooseBackend } from '../engine/backendChoice.js';
import { chooseModel, USUAL_MODEL } from '../engine/modelChoice.js';
import { EngineHost } from '../engine/EngineHost.js';
import { createPageStore } from '../state/PageState.js';
import { trustOwnWorkers } from '../trust/trustOwnWorkers.js';
import { announce } from '../ui/announce.js';
import { bindMeasurement } from '../ui/bindMeasurement.js';
import { bindNotice } from '../ui/bindNotice.js';
import { bindPages } from '../ui/bindPages.js';
import { bindRates } from '../ui/bindRates.js';
import { byId } from '../ui/byId.js';
import { AlbumDesk } from './AlbumDesk.js';
import { createAlbumStore } from './AlbumState.js';
import { bindIntake } from './bindIntake.js';
import { bindLeftOut } from './bindLeftOut.js';
import { bindPeople } from './bindPeople.js';
import { bindReading } from './bindReading.js';
import { createPhotoViewer } from './createPhotoViewer.js';
import { FaceSorter } from './FaceSorter.js';
import { PersonNames } from './PersonNames.js';
import { saveList } from './saveList.js';

trustOwnWorkers();

const page = createPageStore();
const album = createAlbumStore();
const host = new EngineHost(page);
const desk = new AlbumDesk(page, album, host, new FaceSorter());
const names = new PersonNames();
const nothing = () => undefined;

bindPages();
bindEngineStatus(page);
bindMeasurement(page);
bindEmbeddingSize(page);
bindRates(page, {
  list: byId('strictness', HTMLSelectElement),
  key: 'compareFmr',
  frames: { templateFrames: 1, probeFrames: 1 },
  plain: true,
  notes: [byId('truth-refusals')],
});
bindNotice(page, {
  'retry-engine': () => void host.load(),
  'use-automatic-backend': () => chooseBackend('auto'),
  'use-usual-model': () => chooseModel(USUAL_MODEL),
  'enroll-again': nothing,
  'forget-and-enroll': nothing,
  reload: () => location.reload(),
});
bindIntake(album, desk);
bindReading(page, album, desk);
bindPeople(album, names, createPhotoViewer(album), announce);
bindLeftOut(album);
album.subscribe(({ phase }) => (byId('album').dataset.phase = phase));
byId('save-button').addEventListener('click', () => saveList(album.state.people, names));
byId('clear-button').addEventListener('click', () => {
  desk.clear();
  byId('photos-button').focus();
});

let sortedAt = '';
page.subscribe(({ compareFmr, engine }) => {
  if (engine.state !== 'ready' || sortedAt === `${compareFmr}`) return;
  sortedAt = `${compareFmr}`;
  void desk.sort();
});
void host.load();
