/** A moment by both clocks of a page, milliseconds: one stands still while some devices sleep, the other can be set. */
export interface Moment {
  readonly tick: number;
  /** Since 1970. */
  readonly at: number;
}

export function thisMoment(): Moment {
  return { tick: performance.now(), at: Date.now() };
}

/** How long ago it was, by the clock that says more; where a clock was set back, how far. */
export function ageOf({ tick, at }: Moment): number {
  return Math.max(performance.now() - tick, Math.abs(Date.now() - at));
}
