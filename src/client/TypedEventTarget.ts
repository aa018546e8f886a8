/** A listener of one kind of event: a function, or an object with `handleEvent`. */
export type TypedListener<Fired> = ((event: Fired) => unknown) | { handleEvent(event: Fired): unknown };

/**
 * What an `EventTarget` can do, for the events in `Events` only: a map from each event's type to its class. As a base class:
 * `class Thing extends (EventTarget as new () => TypedEventTarget<ThingEvents>)`.
 */
export interface TypedEventTarget<Events> {
  addEventListener<Type extends keyof Events & string>(
    type: Type,
    listener: TypedListener<Events[Type]> | null,
    options?: boolean | AddEventListenerOptions,
  ): void;
  removeEventListener<Type extends keyof Events & string>(
    type: Type,
    listener: TypedListener<Events[Type]> | null,
    options?: boolean | EventListenerOptions,
  ): void;
  dispatchEvent(event: Event): boolean;
}
