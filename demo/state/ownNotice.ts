import type { Notice, NoticeSource } from './notices.js';
import { setNotice, type PageStore } from './PageState.js';

export type Tell = (notice: Notice | null) => void;

/** For who tries something again and again: sets a source's notice, and with null takes away what it set itself, but no other. */
export function ownNotice(store: PageStore, source: NoticeSource): Tell {
  let own: Notice | null = null;
  return (notice) => {
    if (notice || (own && store.state.notices[source] === own)) setNotice(store, source, notice);
    own = notice;
  };
}
