/** LFW's file names: `Given_Family_0001.jpg`. @param {string} file */
export function identityOf(file) {
  return (file.split('/').pop() ?? file).replace(/[_-]\d+\.\w+$/, '');
}
