/*
 * The page's parts put together. Stable names for tests and stylesheets:
 *
 *   #engine-status[data-state=loading|ready|error]   (data-stage=backend|download|warm-up|ready while loading), #engine-progress
 *   #notice[data-code]                               the problem shown, with #notice-action; hidden if there is none
 *   #tab-login, #tab-compare, #panel-login, #panel-compare
 *   #stage[data-state=off|starting|live|error]       with #video, #outline and #camera-button
 *   #hint[data-hint]                                 '' while the camera is off, else ok or an EnrollmentHint
 *   #account[data-enrollment=unknown|none|vault|memory]  with #login-button, #enroll-button, #cancel-button, #data-button, #forget-button
 *   #task                                            while enrolling or logging in, with #task-count "2 of 6"
 *   #prompt[data-action], #prompt-skip               what the person is to do now, named like its icon; hidden when nothing is asked for
 *   #liveness-switch, #light-switch                  whether movement is asked for, and light
 *   #light-screen[open]                              the page's colors, with #light-stop
 *   #verdict[data-verdict=match|no-match|none]       data-distance; data-outcome=verdict|enrolled|failed|forgotten
 *   #server[data-server=none|there][data-stage=local|new|registered|open]  with #server-form, #server-name, #server-create, #server-page,
 * #server-sign- out,
 *                                                    #server-passkey, #server-passkey-remove, #server-delete, #server-message
 *   #forget-dialog, #forget-confirm, #forget-cancel
 *   #strictness, #compare-strictness, #model, #backend, #details, #details-list
 *   #slot-a, #slot-b [data-state=empty|loading|ready|error]  with the file inputs #photo-a and #photo-b
 *   #compare-verdict[data-verdict]                   data-distance
 */
import { AccountDesk } from './account/AccountDesk.js';
import { createAccountStore } from './account/AccountState.js';
import { bindServerAccount } from './account/bindServerAccount.js';
import { followMatches } from './account/followMatches.js';
import { bindCompare } from './compare/bindCompare.js';
import { bindDetails } from './engine/bindDetails.js';
import { bindEmbeddingSize } from './engine/bindEmbeddingSize.js';
import { bindEngineStatus } from './engine/bindEngineStatus.js';
import { chooseBackend } from './engine/backendChoice.js';
import { chooseModel, USUAL_MODEL } from './engine/modelChoice.js';
import { EngineHost } from './engine/EngineHost.js';
import { LightScreen } from './liveness/LightScreen.js';
import { LivenessStage } from './liveness/LivenessStage.js';
import { bindAccount } from './login/bindAccount.js';
import { bindStage, hintText } from './login/bindStage.js';
import { bindVerdict } from './login/bindVerdict.js';
import { createForgetDialog } from './login/createForgetDialog.js';
import { FaceOutline } from './login/FaceOutline.js';
import { LoginDesk } from './login/LoginDesk.js';
import { saveData } from './login/saveData.js';
import { followEnrollment } from './login/followEnrollment.js';
import { followModel } from './login/followModel.js';
import { TemplateKeeper } from './login/TemplateKeeper.js';
import { PromptBox } from './prompt/PromptBox.js';
import { createPageStore, type Tab } from './state/PageState.js';
import { trustOwnWorkers } from './trust/trustOwnWorkers.js';
import { Announcer } from './ui/Announcer.js';
import { bindMeasurement } from './ui/bindMeasurement.js';
import { bindNotice } from './ui/bindNotice.js';
import { bindPages } from './ui/bindPages.js';
import { bindStrictness } from './ui/bindStrictness.js';
import { byId } from './ui/byId.js';
import { createTabs } from './ui/createTabs.js';
import { setText } from './ui/setText.js';

trustOwnWorkers();

const TITLES: Record<Tab, string> = { login: 'Log in with your face', compare: 'Compare two photos' };

const store = createPageStore();
const host = new EngineHost(store);
const keeper = new TemplateKeeper();
const announcer = new Announcer(byId('announcer'));
const sayNow = (text: string) => announcer.sayNow(text);
const box = new PromptBox(sayNow);
const outline = new FaceOutline(byId('outline', HTMLCanvasElement));
const liveness = new LivenessStage(box, new LightScreen(() => desk.tasks.cancel()));
const desk: LoginDesk = new LoginDesk(store, host, keeper, { video: byId('video', HTMLVideoElement), outline, liveness, box });
const account = createAccountStore();
const accountDesk = new AccountDesk(account);
const forgetting = createForgetDialog(store, keeper, () => accountDesk.erase());

bindPages();
createTabs(document.querySelector<HTMLElement>('[role=tablist]')!, (name) => {
  const tab: Tab = name === 'compare' ? 'compare' : 'login';
  setText(byId('page-title'), TITLES[tab]);
  // Nobody has to be filmed while they look at photos.
  if (tab !== 'login' && (store.state.camera === 'live' || store.state.camera === 'starting')) desk.turnOff();
  store.set({ tab });
});
bindEngineStatus(store);
bindStrictness(store);
bindMeasurement(store);
bindStage(store, desk, outline);
bindAccount(store, desk, forgetting.ask, () => void saveData(store, keeper));
bindVerdict(store, sayNow);
bindServerAccount(store, account, accountDesk);
followMatches(store, accountDesk);
bindCompare(store, host, sayNow);
bindDetails(store, host);
bindEmbeddingSize(store);
bindNotice(store, {
  'retry-engine': () => void host.load(),
  'use-automatic-backend': () => chooseBackend('auto'),
  'use-usual-model': () => chooseModel(USUAL_MODEL),
  'enroll-again': () => void desk.enroll(),
  'forget-and-enroll': () => void forgetting.forget().then((forgotten) => (forgotten ? desk.enroll() : undefined)),
  reload: () => location.reload(),
});
store.subscribe((state) => {
  if (state.camera === 'live') announcer.say(hintText(state));
});
followEnrollment(store, keeper);
followModel(store, keeper);
void accountDesk.start();
void host.load();
