// Runs in the page: two vault calls at a time, on one vault object or from two tabs, and whether all came out as if one had come after the
// other. The second tab follows the first one's messages.
import { forgetEverything } from '../../src/client/forgetEverything.js';
import type { Template } from '../../src/shared/Template.js';
import { VisavisError } from '../../src/shared/VisavisError.js';
import { readPortable } from '../../src/vault/sealed/portableFile.js';
import { templateOf } from '../../src/vault/fixtures/templateOf.js';
import { openVault } from '../../src/vault/openVault.js';
import type { Vault } from '../../src/vault/Vault.js';
import { describeAll, describeState, isInOrder, type Call, type CallName, type State } from './VaultModel.js';

const NAME = 'races';
const SECRET = { secret: new Uint8Array(32).fill(7) };
const PASSPHRASE = 'correct horse';

/** The vault object of this tab. */
let vault: Vault | null = null;
/** For `import`. */
let file = new Uint8Array(0);

/** Under whatever lock there is. Opening an open vault with a lock would lock it, so only one that is locked gets it. */
const openAny = () =>
  openVault({ name: NAME }).catch((error: unknown) => {
    if (error instanceof VisavisError && error.code === 'vault-locked') return openVault({ name: NAME, lock: SECRET });
    throw error;
  });

function describeTemplate({ captures, protection }: Template): string {
  return protection ? `protected ${captures} ${protection.keyId}` : `plain ${captures}`;
}

const RUN: Readonly<Record<CallName, (vault: Vault, call: Call) => Promise<string>>> = {
  put: (v, { captures }) => done(v.put('me', templateOf(captures))),
  putProtected: (v, { captures }) => done(v.put('me', templateOf(captures), { protected: true })),
  get: async (v) => {
    const template = await v.get('me');
    return template ? describeTemplate(template) : 'none';
  },
  renew: (v) => done(v.renew('me')),
  setLock: async (v, { lock }) => {
    const { skipped } = await v.setLock(lock && SECRET);
    return skipped.length ? `skipped ${skipped.join()}` : 'ok';
  },
  open: async () => {
    (await openVault({ name: NAME })).close();
    return 'open';
  },
  openWithLock: async () => {
    (await openVault({ name: NAME, lock: SECRET })).close();
    return 'open';
  },
  export: async (v) => {
    const { file, skipped } = await v.export(PASSPHRASE);
    const entries = await readPortable(file, PASSPHRASE);
    const all = Object.fromEntries(entries.map(({ id, template }) => [id, describeTemplate(template)]));
    return skipped.length ? `skipped ${skipped.join()}` : describeAll(all);
  },
  exportReadable: async (v) => {
    const { templates, unreadable } = JSON.parse(await v.exportReadable()) as {
      templates: ({ id: string } & Template)[];
      unreadable: string[];
    };
    const all = Object.fromEntries(templates.map((template) => [template.id, describeTemplate(template)]));
    return unreadable.length ? `skipped ${unreadable.join()}` : describeAll(all);
  },
  import: (v) => done(v.import(file, PASSPHRASE)),
  list: async (v) => (await v.list()).sort().join(),
  delete: (v) => done(v.delete('me')),
  erase: (v) => done(v.erase()),
  forgetEverything: () => done(forgetEverything()),
};

async function done(call: Promise<unknown>): Promise<string> {
  await call;
  return 'ok';
}

/** What a call answers, or the code or name of its error. */
async function answer(call: Call, delay: number): Promise<string> {
  for (; delay > 0; delay--) await tick();
  try {
    return await RUN[call.name](vault!, call);
  } catch (error) {
    return error instanceof VisavisError ? error.code : error instanceof Error ? error.name : String(error);
  }
}

/** A task of its own, far shorter than a timer. */
function tick(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

type Order =
  { readonly do: 'prepare'; readonly file: Uint8Array<ArrayBuffer> } | { readonly do: 'run'; readonly call: Call; readonly delay: number };

async function obey(order: Order): Promise<string> {
  if (order.do === 'run') return answer(order.call, order.delay);
  file = order.file;
  vault?.close();
  vault = await openAny();
  return 'ok';
}

/** The second tab: does what the first one says. */
export function follow(): void {
  const channel = new BroadcastChannel('races');
  channel.onmessage = async ({ data }: MessageEvent<{ order?: Order }>) => {
    if (data.order)
      channel.postMessage(
        await obey(data.order).then(
          (reply) => ({ reply }),
          (error: unknown) => ({ fault: String(error) }),
        ),
      );
  };
}

/** Tells the tab that follows what to do; `close` ends the channel, of which there is one for each pair of calls. */
function leader(): { tell: (order: Order) => Promise<string>; close: () => void } {
  const channel = new BroadcastChannel('races');
  return {
    tell: (order) =>
      new Promise((resolve, reject) => {
        channel.onmessage = ({ data }: MessageEvent<{ reply?: string; fault?: string }>) => {
          if (data.reply !== undefined) resolve(data.reply);
          if (data.fault !== undefined) reject(new Error(`the second tab: ${data.fault}`));
        };
        channel.postMessage({ order });
      }),
    close: () => channel.close(),
  };
}

/** Races that did not come out as if one call had come after the other, in words. */
export interface Outcome {
  readonly races: number;
  readonly wrong: readonly string[];
}

/** Lets two calls race so many times. @param tabs 1: both on one vault object; 2: the second call in the tab that follows */
export async function race(names: readonly [CallName, CallName], times: number, tabs: 1 | 2): Promise<Outcome> {
  const led = tabs === 2 ? leader() : null;
  try {
    return await raceWith(led?.tell ?? obey, names, times, tabs);
  } finally {
    led?.close();
  }
}

async function raceWith(
  other: (order: Order) => Promise<string>,
  names: readonly [CallName, CallName],
  times: number,
  tabs: 1 | 2,
): Promise<Outcome> {
  const wrong: string[] = [];
  if (file.length === 0) file = await fileOf();
  const fileKey = (await readPortable(file, PASSPHRASE)).find(({ id }) => id === 'me')!.template.protection!.keyId;
  for (let i = 0; i < times; i++) {
    const oldKey = await prepare();
    if (tabs === 2) await other({ do: 'prepare', file });
    const lock = vault!.lock === 'secret' ? null : ('secret' as const);
    const calls = [0, 1].map((k): Call => ({ name: names[k], captures: 100 + k, lock })) as [Call, Call];
    const before: State = { generation: 1, epoch: 0, lock: lock ? null : 'secret', templates: { kept: 'plain 1', me: 'protected 10 old' } };
    const delay = () => (Math.random() < 0.3 ? 0 : Math.floor(Math.random() * 60));
    const answers = await Promise.all([answer(calls[0], delay()), other({ do: 'run', call: calls[1], delay: delay() })]);
    const named = (text: string) =>
      text
        .replace(oldKey, 'old')
        .replace(fileKey, 'file')
        .replace(/\b[0-9a-f]{16}\b/, 'new');
    const seen = { answers: answers.map(named) as [string, string], left: named(await look()) };
    if (!isInOrder(calls, before, [0, tabs === 2 ? 1 : 0], seen)) wrong.push(`${names.join(' | ')}: ${JSON.stringify(seen)}`);
  }
  vault?.close();
  await forgetEverything();
  return { races: times, wrong };
}

/** A file with what `FILE` says. */
async function fileOf(): Promise<Uint8Array<ArrayBuffer>> {
  const source = await openVault({ name: 'races-file' });
  await source.put('kept', templateOf(1));
  await source.put('me', templateOf(50), { protected: true });
  const exported = await source.export(PASSPHRASE);
  await source.erase();
  return exported.file;
}

/** The same templates before every race, under whatever lock there is. Returns the key id of `me`. */
async function prepare(): Promise<string> {
  vault?.close();
  vault = await openAny();
  if (!(await vault.list()).includes('kept')) await vault.put('kept', templateOf(1));
  const now = await vault.get('me').catch(() => undefined);
  if (now?.captures === 10 && now.protection) return now.protection.keyId;
  await vault.put('me', templateOf(10), { protected: true });
  return (await vault.get('me'))!.protection!.keyId;
}

/** What somebody finds who opens the vault afterwards. */
async function look(): Promise<string> {
  const databases = await indexedDB.databases();
  if (!databases.some(({ name }) => name === `visavis-vault-${NAME}`)) return 'nothing';
  const fresh = await openAny();
  try {
    const templates: Record<string, string> = {};
    for (const id of await fresh.list()) {
      templates[id] = await fresh.get(id).then(
        (template) => describeTemplate(template!),
        (error: unknown) => `LOST (${(error as VisavisError).code})`,
      );
    }
    return describeState({ generation: 1, epoch: 0, lock: fresh.lock as State['lock'], templates });
  } finally {
    fresh.close();
  }
}
