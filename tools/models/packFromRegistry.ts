import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';

/** How a command ends on Windows that Ctrl-C stopped (STATUS_CONTROL_C_EXIT). */
const CTRL_C = 0xc000013a;
const STOPS = ['SIGINT', 'SIGTERM'] as const;

/**
 * The packed file of a package, as the npm of this machine gets it: from the registry, with the credentials and through the proxy of the
 * user's own configuration.
 * @param spec name@version; of our own table, never of user input
 */
export async function packFromRegistry(spec: string): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'visavis-'));
  // Whoever presses Ctrl-C while it downloads leaves nothing behind.
  const stop = (signal: NodeJS.Signals) => {
    rmSync(folder, { recursive: true, force: true });
    process.exit(codeOf(signal));
  };
  STOPS.forEach((signal) => process.once(signal, stop));
  try {
    const ended = await npm(['pack', spec, '--ignore-scripts', '--pack-destination', folder]);
    // A terminal stops npm as well, and npm may be the first to end: then it did not fail, and the signal is on its way to here.
    STOPS.filter((signal) => ended.code === codeOf(signal)).forEach(stop);
    if (ended.code !== 0) throw notDelivered(spec, ended);
    const [file] = (await readdir(folder)).filter((name) => name.endsWith('.tgz'));
    if (file === undefined) throw new Error(`npm pack ${spec} wrote no file`);
    return await readFile(join(folder, file));
  } finally {
    STOPS.forEach((signal) => process.off(signal, stop));
    await rm(folder, { recursive: true, force: true });
  }
}

/** What a shell says of a command that ended so. */
function codeOf(end: NodeJS.Signals | number): number {
  return typeof end === 'number' ? end : 128 + constants.signals[end];
}

interface Ended {
  code: number;
  /** What it wrote to stderr. */
  words: string;
}

function npm(args: string[]): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const windows = process.platform === 'win32';
    const child = spawn('npm', windows ? args.map((arg) => `"${arg}"`) : args, { stdio: ['ignore', 'ignore', 'pipe'], shell: windows });
    let words = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (words += text));
    child.on('error', (cause) => reject(new Error(`npm could not be started: ${cause.message}`, { cause })));
    child.on('close', (code, signal) => resolve({ code: codeOf(signal ?? (code === CTRL_C ? 'SIGINT' : code!)), words }));
  });
}

function notDelivered(spec: string, { code, words }: Ended): Error {
  const said = words
    .split('\n')
    .filter((line) => line.startsWith('npm error'))
    .slice(0, 4)
    .join('\n');
  const way = `If your registry does not have it, get the file another way, and run: npx visavis models add FILE.tgz`;
  return new Error(`npm did not deliver ${spec}. ${way}\n${said || `npm ended with exit code ${code}`}`);
}
