#!/usr/bin/env node
// The command `visavis`. Built into dist/bin/ by tools/commandPlugin.ts; in this repository: npm run build, then npx visavis.
import { VERSION } from '../src/shared/version.js';
import { UsageError } from './UsageError.js';

interface Command {
  readonly summary: string;
  readonly load: () => Promise<{ run: (args: string[]) => Promise<void> }>;
}

const COMMANDS: Record<string, Command> = {
  models: { summary: 'list, copy, add and check the model files that your app serves', load: () => import('./models/main.js') },
  import: {
    summary: 'make a model folder of weights that you have (Keras, TensorFlow, ONNX, PyTorch, TensorFlow Lite)',
    load: () => import('./import/main.js'),
  },
  inspect: { summary: 'say what is in a file of weights, or in a model folder', load: () => import('./import/inspect.js') },
  calibrate: {
    summary: 'measure a model of your own, and write operating points into its folder',
    load: () => import('./evaluate/calibrate.mjs'),
  },
  evaluate: { summary: 'measure error rates on pictures of your own people', load: () => import('./evaluate/main.mjs') },
};

const NAMES = Object.keys(COMMANDS);
const USAGE = `visavis ${VERSION}: face verification in the page

  npx visavis COMMAND [options]

${NAMES.map((name) => `  ${name.padEnd(12)}${COMMANDS[name].summary}`).join('\n')}

  npx visavis COMMAND --help explains a command. --version says which version this is.
Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted.`;

const ANSWERS: Record<string, string> = { '--help': USAGE, '-h': USAGE, help: USAGE, '--version': VERSION };

async function main([name, ...args]: [string?, ...string[]]): Promise<void> {
  if (name !== undefined && Object.hasOwn(ANSWERS, name)) {
    console.log(ANSWERS[name]);
    return;
  }
  if (name === undefined) throw new UsageError(USAGE);
  if (!Object.hasOwn(COMMANDS, name)) throw new UsageError(`expected one of the commands ${NAMES.join(', ')}, got ${name}`);
  const { run } = await COMMANDS[name].load();
  await run(args);
}

main(process.argv.slice(2) as [string?, ...string[]]).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = error instanceof UsageError ? 2 : 1;
});
