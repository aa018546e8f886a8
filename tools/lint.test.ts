import { ESLint } from 'eslint';
import { expect, it } from 'vitest';

// Where CI=true, the parser reads each file once, from the disk, and would not look at the texts below.
const eslint = new ESLint({ overrideConfig: { languageOptions: { parserOptions: { disallowAutomaticSingleRunInference: true } } } });

/**
 * The linter's complaints about a file with this name and this text. The file has to exist: rules that use types read it as part of its
 * project.
 */
async function rulesAgainst(filePath: string, text: string): Promise<(string | null)[]> {
  const [result] = await eslint.lintText(text, { filePath });
  return [...new Set(result.messages.map(({ ruleId }) => ruleId))].sort();
}

const IMPORTS = 'no-restricted-imports';

it('refuses what the table of rooms does not allow, and nothing that it does', { timeout: 600_000 }, async () => {
  const importing = (path: string) => `export * from '${path}';\n`;
  const cases: [file: string, imported: string, refused: boolean][] = [
    ['src/shared/describe.ts', '../geometry/Similarity.js', true],
    ['src/geometry/warp.ts', '../matching/distance.js', true],
    ['src/matching/distance.ts', '../shared/describe.js', false],
    ['src/quality/measureLight.ts', '../ceremony/CeremonyFrame.js', true],
    ['src/ceremony/EnrollmentGuide.ts', '../matching/distance.js', false],
    ['src/client/FaceVerifier.ts', '../engine/FaceEngine.js', true],
    ['src/vault/Vault.ts', '../client/Camera.js', true],
    ['src/engine/FaceEngine.ts', '@tensorflow/tfjs-core', true],
    ['src/engine/tfjs/tfjsRuntime.ts', '@tensorflow/tfjs-core', false],
    ['src/worker/serve.ts', '@tensorflow/tfjs-core', true],
  ];
  for (const [file, imported, refused] of cases) {
    const rules = await rulesAgainst(file, importing(imported));
    expect([file, imported, rules.includes(IMPORTS)]).toEqual([file, imported, refused]);
  }
});

it('refuses what the oldest promised browser lacks, and three conditions in one expression', { timeout: 600_000 }, async () => {
  const file = 'src/shared/describe.ts';
  const refused = async (code: string) =>
    (await rulesAgainst(file, `export const x = ${code};\n`)).filter((rule) => !rule?.startsWith('@'));
  expect(await refused('[1, 2].findLast((n) => n > 1)')).toContain('es-x/no-array-prototype-findlast-findlastindex');
  expect(await refused("URL.canParse('x')")).toEqual(['no-restricted-properties']);
  expect(await refused('structuredClone({})')).toEqual(['compat/compat']);
  expect(await refused('(a: number) => (a === 1 ? 1 : a === 2 ? 2 : a === 3 ? 3 : 4)')).toEqual(['no-restricted-syntax']);
  expect(await refused('(a: number) => (a === 1 ? 1 : a === 2 ? 2 : 3)')).toEqual([]);
});
