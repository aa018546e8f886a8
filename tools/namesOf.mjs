/**
 * Those of `names` that an option asks for, in their order; all without it; RangeError for a name that is none of them.
 * @template {string} T
 * @param {string} option
 * @param {readonly string[] | undefined} asked
 * @param {readonly T[]} names
 * @returns {T[]}
 */
export function namesOf(option, asked, names) {
  const unknown = asked?.find((name) => !names.some((each) => each === name));
  if (unknown !== undefined) throw new RangeError(`${option}: expected some of ${names.join(', ')}, got "${unknown}"`);
  return names.filter((name) => !asked || asked.includes(name));
}
