/**
 * The anchor of a heading, as GitHub and editors make it, so that a link with an anchor works in the repository and on the site alike.
 *
 * @param {string} heading its text
 */
export function githubSlug(heading) {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
    .replaceAll(' ', '-');
}
