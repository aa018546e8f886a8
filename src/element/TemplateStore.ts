import type { Template } from '../shared/Template.js';

/**
 * Where templates are kept, by their ids: an open vault, or a place of the page's own. What it throws ends the try. With `replaces`, the template
 * takes the place of that one and only while it is still there; a RangeError says that it is not. With `only`, that one is deleted and no other
 * that lies there by now.
 */
export interface TemplateStore {
  get(id: string): Promise<Template | null | undefined>;
  put(id: string, template: Template, options?: { replaces?: Template }): Promise<void>;
  delete(id: string, options?: { only?: Template }): Promise<void>;
}
