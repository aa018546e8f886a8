import { independentPairs } from './independentPairs.js';
import type { PairVisits } from './PairRates.js';

/**
 * The distances of genuine and of impostor pairs, in ascending order, how many people are in each kind, and how many impostor pairs are
 * independent of each other.
 */
export function sortPairs(people: number, forEachPair: PairVisits) {
  const genuine = growingList();
  const impostor = growingList();
  const genuinePerson = new Uint8Array(people);
  const impostorSides = [new Uint8Array(people), new Uint8Array(people)] as const;
  forEachPair((p, q, distance) => {
    if (p === q) {
      genuine.push(distance);
      genuinePerson[p] = 1;
    } else {
      impostor.push(distance);
      impostorSides[0][p] = impostorSides[1][q] = 1;
    }
  });
  const count = (flags: Uint8Array) => flags.reduce((sum, flag) => sum + flag, 0);
  const impostorPeople = count(impostorSides[0].map((flag, person) => flag | impostorSides[1][person]!));
  return {
    genuine: genuine.values().sort(),
    impostor: impostor.values().sort(),
    genuinePeople: count(genuinePerson),
    impostorPeople,
    independentImpostors: independentPairs(impostorPeople, count(impostorSides[0]), count(impostorSides[1])),
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
