/** A person's folder without those that it lies in. */
export function personName(identity: string): string {
  return identity.slice(identity.lastIndexOf('/') + 1);
}
