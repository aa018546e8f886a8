import type { OpenTemplate } from '../sealed/sealTemplate.js';

/** Wipes what was opened when the task is over. */
export async function usingTemplate<T>(open: OpenTemplate, task: (open: OpenTemplate) => Promise<T>): Promise<T> {
  try {
    return await task(open);
  } finally {
    wipeTemplate(open);
  }
}

export function wipeTemplate({ template, protectionKey }: OpenTemplate): void {
  template.embedding.fill(0);
  protectionKey?.fill(0);
}
