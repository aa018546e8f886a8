/** A text file of the data set, with the name by which errors refer to it. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
}
