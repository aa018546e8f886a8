/** Vite: the URL that a file is served at. */
declare module '*.wasm?url&no-inline' {
  const url: string;
  export default url;
}
