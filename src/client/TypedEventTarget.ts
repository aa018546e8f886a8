/** An `EventTarget` that knows which events it fires: `Events` maps each type to the class of its event. */
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

/** To extend: `class Thing extends typedEventTarget<ThingEvents>()`. */
export function typedEventTarget<Events>(): new () => TypedEventTarget<Events> {
  return EventTarget as new () => TypedEventTarget<Events>;
}
