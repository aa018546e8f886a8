/** Where the page about errors is: in the repository, until the documentation has an address of its own. */
const ERRORS_PAGE = 'docs/errors.md';
const POINTER = new RegExp(`\\s*See ${ERRORS_PAGE.replace(/[.?]/g, '\\$&')}#[a-z-]+`, 'g');

/** A message that ends with where its code is explained. */
export function withPage(message: string, code: string): string {
  return `${message} See ${ERRORS_PAGE}#${code}`;
}

/** A message without such ends, also those of the messages that it quotes. */
export function withoutPage(message: string): string {
  return message.replace(POINTER, '');
}
