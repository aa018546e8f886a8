/*
 * The page's parts put together. Stable names for tests and stylesheets:
 *
 *   #engine-status[data-state=loading|ready|error]   (data-stage=backend|download|warm-up|ready while loading), #engine-progress
 *   #notice[data-code]                               the problem shown, with #notice-action; hidden if there is none
 *   #tab-login, #tab-compare, #panel-login, #panel-compare
 *   visavis-capture[phase]                           log-in and enrollment; #next-button in its slot is what comes after; #look-up before
 *   #account[data-enrollment=unknown|none|vault|memory]  with #enroll-button, #data-button, #forget-button
 *   #liveness-switch                                 whether movement is asked for, #liveness-reason why it has to be
 *   #verdict[data-outcome=match|enrolled|forgotten]  figures of what has passed; hidden otherwise
 *   #server[data-server=none|unreachable|there][data-stage=local|unreachable|new|registered|open]  with #server-form, #server-name, #server-create,
 *                                                    #server-page, #server-sign-out, #server-passkey, #server-passkey-remove, #server-delete, #server-message
 *   #forget-dialog, #forget-confirm, #forget-cancel
 *   #strictness, #compare-strictness, #model, #backend, #details, #details-list
 *   #slot-a, #slot-b [data-state=empty|loading|ready|error]  with the file inputs #photo-a and #photo-b
 *   #compare-verdict[data-verdict]                   data-distance
 */
import { AccountDesk } from './account/AccountDesk.js';
import { createAccountStore } from './account/AccountState.js';
import { bindServerAccount } from './account/bindServerAccount.js';
import { eraseAccount } from './account/eraseAccount.js';
import { followAccount } from './account/followAccount.js';
import { followMatches } from './account/followMatches.js';
import { bindCompare } from './compare/bindCompare.js';
import { bindDetails } from './engine/bindDetails.js';
import { bindEmbeddingSize } from './engine/bindEmbeddingSize.js';
import { bindEngineStatus } from './engine/bindEngineStatus.js';
import { chooseBackend } from './engine/backendChoice.js';
import { chooseModel, forgetModel, USUAL_MODEL } from './engine/modelChoice.js';
import { EngineHost } from './engine/EngineHost.js';
import { bindAccount } from './login/bindAccount.js';
import { bindLiveness, forgetLiveness } from './login/bindLiveness.js';
import { bindLookUp } from './login/bindLookUp.js';
import { bindOutcome } from './login/bindOutcome.js';
import { CaptureDesk } from './login/CaptureDesk.js';
import { createForgetDialog } from './login/createForgetDialog.js';
import { saveData } from './login/saveData.js';
import { followEnrollment } from './login/followEnrollment.js';
import { followModel } from './login/followModel.js';
import { TemplateKeeper } from './login/TemplateKeeper.js';
import { NOTICE_OF_ACCOUNT } from './state/notices.js';
import { ownNotice } from './state/ownNotice.js';
import { createPageStore, isCapturing, setNotice, type Tab } from './state/PageState.js';
import { trustOwnWorkers } from './trust/trustOwnWorkers.js';
import { acceptDrops } from './ui/acceptDrops.js';
import { announce } from './ui/announce.js';
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
const account = createAccountStore();
const accountDesk = new AccountDesk(account);
const keeper = new TemplateKeeper(() => accountDesk.mayEnroll());
bindLiveness(store, account);
const desk = new CaptureDesk(store, host, keeper);
const forgetChoices = () => {
  forgetLiveness();
  forgetModel();
  return Promise.resolve('');
};
// What the capture can't delete, the keeper deletes, or says so.
const eraseCapture = async () => {
  await desk.erase().catch(() => undefined);
  return '';
};
const forgetting = createForgetDialog(store, keeper, [eraseCapture, () => eraseAccount(accountDesk), forgetChoices], announce);
const tellVault = ownNotice(store, 'vault');
/** Nobody enrolls in place of the person whose account this browser opens. */
const setUp = async () => {
  if (await accountDesk.mayEnroll()) desk.show('enroll');
  else setNotice(store, 'template', NOTICE_OF_ACCOUNT);
};

bindPages();
createTabs(document.querySelector<HTMLElement>('[role=tablist]')!, (name) => {
  const tab: Tab = name === 'compare' ? 'compare' : 'login';
  setText(byId('page-title'), TITLES[tab]);
  // Nobody has to be filmed while they look at photos.
  if (tab !== 'login' && isCapturing(store.state)) desk.stop();
  store.set({ tab });
});
bindEngineStatus(store);
bindStrictness(store);
bindMeasurement(store);
bindAccount(store, account, desk, {
  setUp: () => void setUp(),
  forget: forgetting.ask,
  saveData: () => void saveData(keeper, tellVault),
});
bindOutcome(store, announce);
bindServerAccount(store, account, accountDesk);
followMatches(store, accountDesk);
bindCompare(store, host, announce);
// Beside the places for them: the browser would leave the page for a picture that is let go of elsewhere.
acceptDrops(
  document.body,
  () => false,
  () => undefined,
);
bindDetails(store, host);
bindEmbeddingSize(store);
bindNotice(store, {
  'retry-engine': () => void host.load(),
  'use-automatic-backend': () => chooseBackend('auto'),
  'use-usual-model': () => chooseModel(USUAL_MODEL),
  'enroll-again': () => void setUp(),
  'forget-and-enroll': () => {
    // An account isn't deleted without a question.
    if (account.state.name !== null) forgetting.ask();
    else void forgetting.forget().then((forgotten) => forgotten && desk.show('enroll'));
  },
  reload: () => location.reload(),
});
bindLookUp(store);
followEnrollment(store, keeper, tellVault);
followModel(store, keeper);
followAccount(account, accountDesk);
void host.load();
