/** A pair, by the indices of its two sides. */
export interface RankedPair {
  readonly rank: number;
  readonly i: number;
  readonly j: number;
}

export interface ShortList {
  readonly list: readonly RankedPair[];
  offer(rank: number, i: number, j: number): void;
}

/** Keeps the pairs with the smallest ranks among all that are offered, smallest first. */
export function shortList(limit: number): ShortList {
  const list: RankedPair[] = [];
  return {
    list,
    offer(rank: number, i: number, j: number) {
      if (list.length === limit && (limit === 0 || rank >= list[limit - 1]!.rank)) return;
      const at = list.findIndex((entry) => entry.rank > rank);
      list.splice(at < 0 ? list.length : at, 0, { rank, i, j });
      if (list.length > limit) list.pop();
    },
  };
}
