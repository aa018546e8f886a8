/**
 * Keeps the pairs with the smallest ranks of all that are offered, smallest first.
 * @param {number} limit
 */
export function shortList(limit) {
  /** @type {{ rank: number, i: number, j: number }[]} */
  const list = [];
  return {
    list,
    /** @param {number} rank @param {number} i @param {number} j */
    offer(rank, i, j) {
      if (list.length === limit && (limit === 0 || rank >= list[limit - 1].rank)) return;
      const at = list.findIndex((entry) => entry.rank > rank);
      list.splice(at < 0 ? list.length : at, 0, { rank, i, j });
      if (list.length > limit) list.pop();
    },
  };
}
