import ts from 'typescript';

const printer = ts.createPrinter({ removeComments: true });

/**
 * The declarations in a report of the public API, without comments, by their names; overloads of one name are one.
 * @param {string} report Markdown, as API Extractor writes it
 * @returns {Map<string, string>}
 */
export function declarationsIn(report) {
  const code = /^```ts\n([^]*?)^```/m.exec(report)?.[1];
  if (code === undefined) throw new Error('expected a report of the public API with its declarations in a fence');
  const file = ts.createSourceFile('report.d.ts', code, ts.ScriptTarget.Latest, true);
  /** @type {Map<string, string>} */
  const declarations = new Map();
  for (const statement of file.statements) {
    const text = printer.printNode(ts.EmitHint.Unspecified, statement, file);
    for (const name of namesOf(statement)) declarations.set(name, `${declarations.get(name) ?? ''}${text}\n`);
  }
  return declarations;
}

/** @param {ts.Statement} statement @returns {string[]} */
function namesOf(statement) {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.map(({ name }) => name.getText());
  const { name } = /** @type {{ name?: ts.Identifier }} */ (/** @type {unknown} */ (statement));
  return name ? [name.text] : [];
}
