/**
 * Where the repository can be seen, such as `https://host/owner/name`, without a slash at the end. Empty while there is no such place: links to
 * files that are no pages of the site are plain text then.
 */
export const REPOSITORY = '';

/** The branch whose files the site links to. */
export const BRANCH = 'main';
