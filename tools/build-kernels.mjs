// npm run kernels: builds src/engine/kernels/*.wasm from kernels.c, reproducibly. With --check it builds into another folder and compares.
// Needs clang and lld 19.1 (Debian and Ubuntu: clang-19 lld-19).
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '../src/engine/kernels');
/** Compiler and linker are called separately: clang as a driver would run the result through whatever wasm-opt is installed. */
const CLANG = process.env.CLANG ?? 'clang-19';
const LINKER = process.env.WASM_LD ?? 'wasm-ld-19';
const NAMES = ['kernels-simd', 'kernels-simd-threads', 'kernels-relaxed', 'kernels-relaxed-threads'];

/** @param {string} name the build to make @param {string} folder where to */
function build(name, folder) {
  const threads = name.endsWith('-threads');
  const object = join(folder, `${name}.o`);
  const flags = [
    ...['--target=wasm32', '-std=c11', '-O3', '-msimd128', '-nostdlib', '-fno-builtin', '-Wall', '-Wextra', '-Werror'],
    // Not in another order than written: a reference repeats every rounding (fixtures/computePlan.ts).
    ...['-ffast-math', '-fno-associative-math'],
    ...(name.includes('relaxed') ? ['-mrelaxed-simd', '-DRELAXED'] : []),
    ...(threads ? ['-DTHREADS', '-matomics', '-mbulk-memory'] : []),
  ];
  const link = [
    // The stack comes first, below everything else; each thread gets its own (see KernelMemory.ts).
    ...['--no-entry', '--import-memory', '--export=__stack_pointer', '--stack-first', '-z', 'stack-size=16384', '--strip-all'],
    ...(threads ? ['--shared-memory', '--max-memory=536870912'] : []),
  ];
  execFileSync(CLANG, [...flags, '-c', 'kernels.c', '-o', object], { cwd: FOLDER, stdio: 'inherit' });
  execFileSync(LINKER, [...link, object, '-o', join(folder, `${name}.wasm`)], { stdio: 'inherit' });
}

const fresh = await mkdtemp(join(tmpdir(), 'visavis-kernels-'));
try {
  for (const name of NAMES) {
    build(name, fresh);
    const made = await readFile(join(fresh, `${name}.wasm`));
    const target = join(FOLDER, `${name}.wasm`);
    if (!process.argv.includes('--check')) await writeFile(target, made);
    else if (!made.equals(await readFile(target))) throw new Error(`${name}.wasm is not what kernels.c builds to: run "npm run kernels"`);
    console.log(`${name}.wasm: ${made.length} bytes`);
  }
} finally {
  await rm(fresh, { recursive: true });
}
