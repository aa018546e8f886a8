/** The name of a person's folder, without its parent folders. */
export function personName(identity: string): string {
  return identity.slice(identity.lastIndexOf('/') + 1);
}
