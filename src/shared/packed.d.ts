/** Files inside a script: see tools/packedFilesPlugin.ts. */
declare module 'virtual:visavis/*' {
  const files: import('./PackedFiles.js').PackedFiles;
  export default files;
}
