import { isEnrolled, type PageStore } from '../state/PageState.js';
import { byId } from '../ui/byId.js';
import { setText } from '../ui/setText.js';
import type { AccountDesk } from './AccountDesk.js';
import type { AccountState, AccountStore } from './AccountState.js';

/** The card that shows what the server knows: no server, none that answers, no account, an account, signed in. */
export function bindServerAccount(page: PageStore, store: AccountStore, desk: AccountDesk): void {
  const card = byId('server');
  const form = byId('server-form', HTMLFormElement);
  const name = byId('server-name', HTMLInputElement);
  const create = byId('server-create', HTMLButtonElement);
  const buttons = {
    'server-sign-out': () => desk.signOut(),
    'server-passkey': () => desk.addPasskey(),
    'server-passkey-remove': () => desk.removePasskeys(),
    'server-delete': () => desk.deleteAccount(),
  };

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void follow(desk.create(name.value));
  });
  for (const [id, action] of Object.entries(buttons)) byId(id).addEventListener('click', () => void follow(action()));

  /** The pressed button may disappear, so the keyboard focus moves to the outcome. */
  const follow = async (task: Promise<void>) => {
    await task;
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) byId('server-title').focus();
    });
  };

  const draw = () => {
    const enrolled = isEnrolled(page.state);
    const { state } = store;
    const { server, session, busy, message } = state;
    const stage = stageOf(state);
    card.hidden = server === 'unknown';
    card.dataset.server = server;
    card.dataset.stage = stage;
    const [title, text] = wordsFor(state);
    setText(byId('server-title'), title);
    setText(byId('server-text'), text);
    form.hidden = stage !== 'new';
    name.disabled = create.disabled = !enrolled || busy !== '';
    setText(byId('server-reason'), stage === 'new' && !enrolled ? 'Enroll first. You open the account with your face.' : '');

    byId('server-page').hidden = byId('server-sign-out').hidden = stage !== 'open';
    byId('server-passkey').hidden = !(stage === 'open' && session?.passkeys === 0 && 'PublicKeyCredential' in window);
    byId('server-passkey-remove').hidden = !(stage === 'open' && session && session.passkeys > 0);
    byId('server-delete').hidden = stage !== 'open' && stage !== 'registered';
    for (const id of Object.keys(buttons)) byId(id, HTMLButtonElement).disabled = busy !== '';
    const note = byId('server-message');
    note.dataset.tone = message?.tone ?? '';
    setText(note, busy ? `${busy} …` : (message?.text ?? ''));
  };
  page.subscribe(draw);
  store.subscribe(draw);
  setInterval(() => {
    const { session } = store.state;
    if (session && session.expiresAt < Date.now()) {
      store.set({ session: null, message: { tone: 'bad', text: 'Your session has expired. Log in again.' } });
    }
  }, 10_000);
}

type Stage = 'local' | 'unreachable' | 'new' | 'registered' | 'open';

function stageOf({ server, name, session }: AccountState): Stage {
  if (server === 'unreachable') return 'unreachable';
  if (server !== 'there') return 'local';
  return session ? 'open' : name === null ? 'new' : 'registered';
}

function wordsFor(state: AccountState): readonly [title: string, text: string] {
  switch (stageOf(state)) {
    case 'local':
      return [
        'This device only',
        'This page is running without its server. A match is decided and shown here, and opens nothing elsewhere. “npm start” serves the page with its server.',
      ];
    case 'unreachable':
      return [
        'The server isn’t answering',
        'A match is decided and shown here, and signs you in to nothing. The server is asked again every 15 seconds.',
      ];
    case 'new':
      return [
        'An account on the server',
        'The server gets a name and this browser’s public key. After a match, the key signs the server’s challenge. No picture and no template is sent.',
      ];
    case 'registered':
      return [`Account “${state.name!}”`, 'Log in with your face, and this browser’s key signs you in to the server.'];
    case 'open': {
      const { name, expiresAt, liveness, passkeyUsed } = state.session!;
      const until = new Date(expiresAt).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
      const factors = ['your face', ...(liveness ? ['a liveness check'] : []), ...(passkeyUsed ? ['your passkey'] : [])];
      return [`Signed in to the server as ${name}`, `Until ${until}, with ${factors.join(', ')} and this browser’s key.`];
    }
  }
}
