/** A file of the library did not load: nothing is known of what is in it, and another time it may. */
export class NotLoaded extends Error {
  override readonly name = 'NotLoaded';
}
