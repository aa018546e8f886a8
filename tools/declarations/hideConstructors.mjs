import ts from 'typescript';

/** @typedef {{ start: number, end: number, text: string }} Edit */

/**
 * Declarations of a file, in which every class that callers cannot construct is an interface: one whose constructor is `@internal` and was
 * left out. Otherwise TypeScript would assume a constructor without arguments. An interface can also be met by a test's stand-in, and is
 * the same type in the declarations of every entry, which a class with private fields is not.
 *
 * @param {string} text what TypeScript wrote, with `stripInternal`
 * @param {string} [fileName] for messages
 */
export function hideConstructors(text, fileName = 'declarations.d.ts') {
  const file = ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest, true);
  const edits = file.statements
    .filter(ts.isClassDeclaration)
    .filter(isClosed)
    .flatMap((declaration) => asInterface(declaration, file));
  return apply(text, edits);
}

/** @param {ts.ClassDeclaration} declaration */
function isClosed({ members }) {
  return members.some(isPrivate) && !members.some(ts.isConstructorDeclaration);
}

/** A member marked private, or what TypeScript writes for all `#` members together. @param {ts.ClassElement} member */
function isPrivate(member) {
  return (member.name && ts.isPrivateIdentifier(member.name)) || modifiersOf(member).includes(ts.SyntaxKind.PrivateKeyword);
}

/** @param {ts.Node} node */
function modifiersOf(node) {
  return ts.canHaveModifiers(node) ? (ts.getModifiers(node) ?? []).map(({ kind }) => kind) : [];
}

/**
 * @param {ts.ClassDeclaration} declaration
 * @param {ts.SourceFile} file
 * @returns {Edit[]}
 */
function asInterface(declaration, file) {
  const name = declaration.name?.text ?? '';
  const exported = modifiersOf(declaration).includes(ts.SyntaxKind.ExportKeyword) ? 'export ' : 'declare ';
  const base = declaration.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types[0];
  const { replaced, edits } = base ? baseOf(base, file) : { replaced: '', edits: [] };
  const open = text(declaration, file).indexOf('{', declaration.name ? declaration.name.end - declaration.getStart(file) : 0);
  return [
    ...edits,
    {
      start: declaration.getStart(file),
      end: declaration.getStart(file) + open,
      text: `${exported}interface ${name}${typeParameters(declaration, file)}${replaced} `,
    },
    ...declaration.members.flatMap((member) => asSignature(member, name, file)),
  ];
}

/** @param {ts.ClassDeclaration} declaration @param {ts.SourceFile} file */
function typeParameters({ typeParameters: parameters }, file) {
  return parameters ? `<${parameters.map((parameter) => text(parameter, file)).join(', ')}>` : '';
}

/**
 * A class that extends an expression extends, in the declarations, a constant `Name_base: new () => Type`.
 * @param {ts.ExpressionWithTypeArguments} base
 * @param {ts.SourceFile} file
 * @returns {{ replaced: string, edits: Edit[] }}
 */
function baseOf(base, file) {
  const name = text(base.expression, file);
  for (const statement of file.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    const constant = statement.declarationList.declarations.find((declaration) => text(declaration.name, file) === name);
    if (!constant?.type || !ts.isConstructorTypeNode(constant.type)) continue;
    return {
      replaced: ` extends ${text(constant.type.type, file)}`,
      edits: [{ start: statement.getStart(file), end: statement.end, text: '' }],
    };
  }
  return { replaced: ` extends ${text(base, file)}`, edits: [] };
}

/**
 * @param {ts.ClassElement} member
 * @param {string} owner
 * @param {ts.SourceFile} file
 * @returns {Edit[]}
 */
function asSignature(member, owner, file) {
  const { start, end } = { start: member.getStart(file), end: member.end };
  if (isPrivate(member)) return [{ start: member.pos, end, text: '' }]; // with its line and its comment
  if (ts.isGetAccessorDeclaration(member) && member.type) {
    return [{ start, end, text: `readonly ${text(member.name, file)}: ${text(member.type, file)};` }];
  }
  const told = ts.isMethodDeclaration(member) || ts.isPropertyDeclaration(member);
  if (!told || modifiersOf(member).some((kind) => kind !== ts.SyntaxKind.ReadonlyKeyword)) {
    throw new Error(`${file.fileName}: ${owner} cannot be told as an interface: ${text(member, file)}`);
  }
  return [];
}

/** @param {ts.Node} node @param {ts.SourceFile} file */
function text(node, file) {
  return node.getText(file);
}

/** @param {string} source @param {Edit[]} edits none within another */
function apply(source, edits) {
  return edits
    .sort((a, b) => b.start - a.start)
    .reduce((result, { start, end, text: replacement }) => result.slice(0, start) + replacement + result.slice(end), source);
}
