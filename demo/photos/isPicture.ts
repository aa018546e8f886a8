/** Formats that browsers often give no type for. */
const NAMES = /\.(jpe?g|png|webp|avif|gif|bmp|heic|heif|tiff?)$/i;
const HIDDEN = /^\./;

/** Whether a file looks like a picture by its type or name; what is inside only reading tells. */
export function isPicture({ name, type }: File): boolean {
  return !HIDDEN.test(name) && type !== 'image/svg+xml' && (type.startsWith('image/') || (type === '' && NAMES.test(name)));
}
