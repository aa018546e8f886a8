const MAX_LENGTH = 200;

/** A name of the file as TensorFlow takes it: there a colon numbers results and a first underscore or slash is not allowed. */
export function safeName(name: string): string {
  const plain = name.replace(/[^\w./-]+/g, '_').replace(/^[^A-Za-z0-9.]+/, '');
  return plain.slice(0, MAX_LENGTH) || 'node';
}
