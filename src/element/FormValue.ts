/** What was signed is good for a minute; the server wants to get it in that time. */
const LIFETIME = 55_000;

/** What an element sends in a form, as long as a server would accept it. */
export class FormValue {
  #value: string | null = null;
  #expiry: ReturnType<typeof setTimeout> | undefined;

  /** @param expire called when the value has become too old */
  constructor(
    private readonly internals: ElementInternals,
    private readonly expire: () => void,
  ) {}

  get value(): string | null {
    return this.#value;
  }

  /** Whether it was another one before. */
  set(value: string | null): boolean {
    const changed = value !== this.#value;
    clearTimeout(this.#expiry);
    if (value !== null) this.#expiry = setTimeout(this.expire, LIFETIME);
    this.#value = value;
    this.internals.setFormValue(value);
    return changed;
  }

  /** @param missing what to tell a person who has to do something first; null: nobody has to */
  validate(missing: string | null): void {
    if (missing === null) this.internals.setValidity({});
    else this.internals.setValidity({ valueMissing: true }, missing);
  }
}
