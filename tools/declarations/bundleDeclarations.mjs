import { mkdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';
import { declarationsIn } from './declarationsIn.mjs';
import { reportName } from './reports.mjs';

const silent = { logLevel: ExtractorLogLevel.None };
const loud = { logLevel: ExtractorLogLevel.Error };
const UNNAMED = 'ae-forgotten-export';

/** @type {import('@microsoft/api-extractor').IConfigFile['messages']} */
const MESSAGES = {
  compilerMessageReporting: { default: loud },
  extractorMessageReporting: {
    default: loud,
    // Everything that is exported is public.
    'ae-missing-release-tag': silent,
    // A name often says it all.
    'ae-undocumented': silent,
  },
  tsdocMessageReporting: { default: loud, 'tsdoc-param-tag-missing-hyphen': silent },
};

/**
 * One file of declarations for an entry, and a report of what the entry exports.
 *
 * @param {{ root: string, main: string, bundle: string, reports: string, entry: string }} options `main` is the entry's declarations
 * @returns {{ faults: string[], unnamed: string[], exported: ReadonlySet<string> }} what is wrong with the declarations, the types that they
 *   mention but do not export, and the names that they export
 */
export function bundleDeclarations({ root, main, bundle, reports, entry }) {
  mkdirSync(reports, { recursive: true });
  const reportFileName = reportName(entry);
  /** @type {string[]} */
  const faults = [];
  /** @type {string[]} */
  const unnamed = [];
  Extractor.invoke(
    ExtractorConfig.prepare({
      configObjectFullPath: undefined,
      packageJsonFullPath: join(root, 'package.json'),
      configObject: {
        projectFolder: root,
        mainEntryPointFilePath: main,
        compiler: { tsconfigFilePath: join(root, 'tsconfig.types.json') },
        dtsRollup: { enabled: true, untrimmedFilePath: bundle },
        apiReport: { enabled: true, reportFileName, reportFolder: reports, reportTempFolder: join(reports, 'temporary') },
        docModel: { enabled: false },
        tsdocMetadata: { enabled: false },
        newlineKind: 'lf',
        messages: MESSAGES,
      },
    }),
    {
      localBuild: true,
      messageCallback(message) {
        message.handled = true;
        if (message.logLevel !== ExtractorLogLevel.Error) return;
        const [, name] = message.messageId === UNNAMED ? (/"(\w+)"/.exec(message.text) ?? []) : [];
        if (name) unnamed.push(name);
        else faults.push(message.formatMessageWithLocation(relative(process.cwd(), root)));
      },
    },
  );
  return { faults, unnamed, exported: new Set(declarationsIn(readFileSync(join(reports, reportFileName), 'utf8')).keys()) };
}
