import { join } from 'node:path';
import ts from 'typescript';
import { hideConstructors } from './hideConstructors.mjs';

/** Writes the declarations of everything that the entries reach, a file for each source file. @param {string} root @param {string} folder */
export function emitDeclarations(root, folder) {
  const config = ts.getParsedCommandLineOfConfigFile(
    join(root, 'tsconfig.types.json'),
    { outDir: folder },
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (diagnostic) => fail([diagnostic]) },
  );
  if (!config) throw new Error('tsconfig.types.json cannot be read');
  const program = ts.createProgram(config.fileNames, config.options);
  const { diagnostics } = program.emit(undefined, (file, text) => ts.sys.writeFile(file, hideConstructors(text, file)));
  fail([...config.errors, ...program.getSyntacticDiagnostics(), ...diagnostics]);
}

/** @param {readonly ts.Diagnostic[]} diagnostics */
function fail(diagnostics) {
  if (diagnostics.length === 0) return;
  const host = {
    getCanonicalFileName: (/** @type {string} */ name) => name,
    getCurrentDirectory: ts.sys.getCurrentDirectory,
    getNewLine: () => '\n',
  };
  throw new Error(ts.formatDiagnostics(diagnostics, host));
}
