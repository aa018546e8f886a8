import type { PairVisits } from './PairRates.js';

/** The distances of genuine and of impostor pairs, in ascending order, and how many people are in each kind. */
export function sortPairs(people: number, forEachPair: PairVisits) {
  const genuine = growingList();
  const impostor = growingList();
  const genuinePerson = new Uint8Array(people);
  const impostorPerson = new Uint8Array(people);
  forEachPair((p, q, distance) => {
    (p === q ? genuine : impostor).push(distance);
    const seen = p === q ? genuinePerson : impostorPerson;
    seen[p] = seen[q] = 1;
  });
  const count = (flags: Uint8Array) => flags.reduce((sum, flag) => sum + flag, 0);
  return {
    genuine: genuine.values().sort(),
    impostor: impostor.values().sort(),
    genuinePeople: count(genuinePerson),
    impostorPeople: count(impostorPerson),
  };
}

/** A list of float32 numbers: it holds millions, where an ordinary array would take twice the memory. */
function growingList() {
  let store = new Float32Array(1024);
  let length = 0;
  return {
    push(value: number) {
      if (length === store.length) {
        const larger = new Float32Array(2 * length);
        larger.set(store);
        store = larger;
      }
      store[length++] = value;
    },
    values: () => store.subarray(0, length),
  };
}
