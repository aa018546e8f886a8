/**
 * How many pairs of strangers there can be at most of which no two share a person: what an interval of a false match rate rests on.
 * @param people in any pair
 * @param left on the pairs' one side, such as the people of one group, or those with templates
 * @param right on the other
 */
export function independentPairs(people: number, left: number, right: number): number {
  return Math.min(Math.floor(people / 2), left, right);
}
