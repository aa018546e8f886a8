// Runs in the page of a browser that will be killed: writes that are acknowledged one by one, and what is found of them afterwards.
import { DeviceKeyStore } from '../../src/vault/deviceKey/DeviceKeyStore.js';
import { createDeviceKey } from '../../src/vault/deviceKey/createDeviceKey.js';
import { templateOf } from '../../src/vault/fixtures/templateOf.js';
import { openAttempts } from '../../src/vault/attempts/openAttempts.js';
import { openVault } from '../../src/vault/openVault.js';

const NAME = 'kills';
const SECRET = { secret: new Uint8Array(32).fill(9) };

const openAny = () => openVault({ name: NAME }).catch(() => openVault({ name: NAME, lock: SECRET }));
const openCount = () => openAttempts({ name: NAME, free: 1e9, lockAfter: 1e9 });

/** Writes numbers that rise from `from` on, until the browser is killed. */
export async function write(from: number, acknowledge: (what: string, n: number) => Promise<void>): Promise<void> {
  const vault = await openAny();
  const attempts = await openCount();
  const { publicJwk } = await createDeviceKey({ name: NAME });
  const key = new DeviceKeyStore(NAME);
  const forever = async (what: (n: number) => string, task: (n: number) => Promise<number>) => {
    for (let n = from; ; n++) await acknowledge(what(n), await task(n));
  };
  const kept = (id: (n: number) => string, options = {}) =>
    forever(id, async (n) => {
      await vault.put(id(n), templateOf(n), options);
      return n;
    });
  await Promise.all([
    kept((n) => `plain-${n % 5}`),
    kept((n) => `protected-${n % 3}`, { protected: true }),
    forever(
      () => 'locks',
      async (n) => {
        await vault.setLock(vault.lock ? null : SECRET);
        return n;
      },
    ),
    forever(
      () => 'attempts',
      async () => (await attempts.begin()).failures,
    ),
    forever(
      () => 'signatures',
      async () => (await key.countUp(publicJwk))!,
    ),
  ]);
}

/** What is there, by the names of what was acknowledged; `unreadable` counts records that cannot be read. */
export async function found(): Promise<Record<string, number>> {
  const vault = await openAny();
  const { templates, unreadable } = JSON.parse(await vault.exportReadable()) as {
    templates: { id: string; captures: number }[];
    unreadable: string[];
  };
  vault.close();
  const { failures } = await (await openCount()).status();
  const counter = (await new DeviceKeyStore(NAME).read())?.counter ?? 0;
  const captures = Object.fromEntries(templates.map(({ id, captures }) => [id, captures]));
  return { ...captures, attempts: failures, signatures: counter, unreadable: unreadable.length };
}
