/** A file as text, as Vite gives it. */
declare module '*?raw' {
  const text: string;
  export default text;
}

/** A file's bytes as a `data:` address in Base64, as Vite gives it. */
declare module '*?url&inline' {
  const address: string;
  export default address;
}
