/** A text of the data set, under the name that errors call it by. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
}
