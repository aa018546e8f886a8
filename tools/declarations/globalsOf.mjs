import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

/**
 * What an entry adds to global declarations, by the files that it imports for their effect: API Extractor leaves it out.
 * @param {string} main the entry's declarations
 * @returns {string} its `declare global` blocks
 */
export function globalsOf(main) {
  const [imported, own] = [statementsOf(main).filter(isForEffect), statementsOf(main).filter(isGlobal)];
  const others = imported.map(({ moduleSpecifier }) => {
    const name = /** @type {ts.StringLiteral} */ (moduleSpecifier).text;
    return globalsOf(join(dirname(main), name.replace(/\.js$/, '.d.ts')));
  });
  return [...others, ...own.map((statement) => `${statement.getText()}\n`)].join('');
}

/** @param {string} file */
function statementsOf(file) {
  return [...ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true).statements];
}

/** @param {ts.Statement} statement @returns {statement is ts.ImportDeclaration} */
function isForEffect(statement) {
  return ts.isImportDeclaration(statement) && !statement.importClause;
}

/** @param {ts.Statement} statement */
function isGlobal(statement) {
  return ts.isModuleDeclaration(statement) && statement.name.text === 'global';
}
