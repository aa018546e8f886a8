import { execFile } from 'node:child_process';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const HERE = import.meta.dirname;
const ROOT = join(HERE, '../..');
const BUNDLER = { module: 'ESNext', moduleResolution: 'bundler' };
const NODE = { module: 'NodeNext', moduleResolution: 'NodeNext' };
/** TypeScript as it is promised, as this repository uses it, and the newest. */
const COMPILERS = [
  { folder: 'tools/compilers/oldest', resolution: BUNDLER },
  { folder: 'tools/compilers/oldest', resolution: NODE },
  { folder: '.', resolution: BUNDLER },
  { folder: 'tools/compilers/newest', resolution: NODE },
];

/**
 * Compiles snippets and `project/`, strictly and with all declarations checked, against the package in `folder`/node_modules.
 * @param {string} folder empty but for `node_modules`; inside this repository
 * @param {readonly import('./extractSnippets.mjs').Snippet[]} snippets
 * @param {readonly { folder: string, resolution: object & { moduleResolution: string } }[]} compilers by the folder of their `node_modules`
 * @returns {Promise<{ compilers: string[], faults: string[] }>} faults by the file and line where the snippet stands
 */
export async function compileSnippets(folder, snippets, compilers = COMPILERS) {
  await cp(join(HERE, 'project'), join(folder, 'snippets'), { recursive: true });
  /** @type {Map<string, string>} */
  const places = new Map();
  for (const { file, line, language, code } of snippets) {
    // A snippet that begins with its name is a file that others may import.
    const name = /^\/\/ (\w+\.ts)\n/.exec(code)?.[1] ?? `${file.replaceAll(/\W/g, '-')}-${line}.${language}`;
    places.set(name, file);
    // As many empty lines before it as stand before it in its document: the compiler then names the document's lines.
    await writeFile(join(folder, 'snippets', name), `${'\n'.repeat(line - 1)}${code}\nexport {};\n`);
  }
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'snippets', private: true, type: 'module' }));
  const place = (/** @type {string} */ _, /** @type {string} */ file) => places.get(file) ?? `tools/snippets/project/${file}`;
  const results = await Promise.all(
    compilers.map(async ({ folder: compiler, resolution }) => {
      const typescript = join(ROOT, compiler, 'node_modules/typescript');
      const { version } = JSON.parse(await readFile(join(typescript, 'package.json'), 'utf8'));
      const name = `TypeScript ${version}, ${resolution.moduleResolution}`;
      const complaints = await compile(join(typescript, 'bin/tsc'), folder, { name, resolution });
      return { name, complaints: complaints.replaceAll(/^snippets\/([^(]+)/gm, place) };
    }),
  );
  return {
    compilers: results.map(({ name }) => name),
    faults: results.flatMap(({ name, complaints }) => (complaints ? `${name}:\n${complaints}` : [])),
  };
}

/**
 * What the compiler complains about; empty if nothing.
 * @param {string} tsc
 * @param {string} folder
 * @param {{ name: string, resolution: object }} options
 */
async function compile(tsc, folder, { name, resolution }) {
  const config = join(folder, `${name}.json`);
  const compilerOptions = {
    ...{ target: 'ES2022', strict: true, skipLibCheck: false, types: [], allowJs: true, checkJs: true, jsx: 'react-jsx', noEmit: true },
    ...resolution,
  };
  await writeFile(config, JSON.stringify({ compilerOptions, include: ['snippets'] }));
  return new Promise((resolve) => {
    execFile(process.execPath, [tsc, '-p', config, '--pretty', 'false'], { cwd: folder }, (error, stdout, stderr) => {
      resolve(error ? `${stdout}${stderr}`.trim() || error.message : '');
    });
  });
}
