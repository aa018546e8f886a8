import { framesFor } from '../../matching/framesFor.js';
import { DEFAULT_FMR } from '../../shared/options.js';
import type { Template } from '../../shared/Template.js';
import { assertKey } from '../../vault/protection/assertKey.js';
import { assertTemplate } from '../assertTemplate.js';
import type { Looker } from './Looker.js';

/** How many frames `verifyLive` compares. Throws for a template, and for a rate, that it cannot decide by. */
export async function framesToVerify({ info }: Pick<Looker, 'info'>, template: Template, fmr = DEFAULT_FMR): Promise<number> {
  assertTemplate(template, info);
  await assertKey(template);
  return framesFor(info.normalized ?? info, { templateFrames: template.captures, fmr });
}
