import type { Template } from '../shared/Template.js';

/** Where templates are kept, by their ids: an open vault, or a place of the page's own. What it throws ends the try. */
export interface TemplateStore {
  get(id: string): Promise<Template | null | undefined>;
  put(id: string, template: Template): Promise<void>;
  delete(id: string): Promise<void>;
}
