// LiteRT.js loads its WASM with importScripts, which module workers do not have. So its worker is a classic one that imports the module.
const AT = '/built/litert.js';
import(AT);
