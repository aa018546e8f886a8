/** An `EventTarget` with typed events: `Events` maps each event type to the class of its event. */
export interface TypedEventTarget<Events> {
  addEventListener<Type extends keyof Events & string>(
    type: Type,
    listener: (event: Events[Type]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  removeEventListener<Type extends keyof Events & string>(
    type: Type,
    listener: (event: Events[Type]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  dispatchEvent(event: Event): boolean;
}

/** Base class, used as `class Thing extends typedEventTarget<ThingEvents>()`. */
export function typedEventTarget<Events>(): new () => TypedEventTarget<Events> {
  return EventTarget as new () => TypedEventTarget<Events>;
}
