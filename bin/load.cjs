// Loads the compiled program together with the bytecode of an earlier run.
//
// V8 compiles a function when it is first called. Node's own compile cache is written before a module runs and holds
// next to none of them, so every start compiled some thousand functions again: a quarter of a short run. Here the
// cache is made when the first run of a command ends (https://v8.dev/blog/improved-code-caching, "warm run"): whatever
// that command called is in it. Kept free of dependencies and syntax that an old Node would not read.
'use strict';

const { lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const nodeModule = require('node:module');
const { tmpdir } = require('node:os');
const path = require('node:path');
const v8 = require('node:v8');
const { Script } = require('node:vm');

const DIST = path.join(path.dirname(__dirname), 'dist');
/** Programs (versions, builds, Nodes) whose bytecode is kept; the oldest goes first. */
const MAX_KEPT = 6;
const WRAPPER = ['(function (exports, require, module, __filename, __dirname) {', '\n})'];
const mine = `faultline-bytecode-${process.getuid?.() ?? 'user'}-`;

/** The folder of this build's bytecode; null where the user wants none. */
const cacheFolder = () => {
  const { NODE_COMPILE_CACHE: base, NODE_DISABLE_COMPILE_CACHE: isOff } = process.env;
  if (isOff) return null;
  const build = readFileSync(path.join(DIST, 'build-id'), 'latin1');
  return path.join(base || tmpdir(), `${mine}${process.version}-${v8.cachedDataVersionTag().toString(36)}-${build}`);
};

/** Bytecode is trusted like code: a folder that others may write is as good as none. */
const isOwn = (folder) => {
  try {
    const found = lstatSync(folder, { throwIfNoEntry: false });
    return found === undefined || process.getuid === undefined || (found.isDirectory() && found.uid === process.getuid() && (found.mode & 0o022) === 0);
  } catch {
    return false;
  }
};

/** V8 believes what it is given. Disks damage sectors, not single bits: a word of every 64 bytes tells. */
const STRIDE = 16;
const CHECK_BYTES = 4;
const checkOf = (bytes) => {
  const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
  let check = words.length;
  for (let i = 0; i < words.length; i += STRIDE) check = (Math.imul(check, 31) + words[i]) | 0;
  return check;
};

/** What an earlier run left under the name; undefined where that is nothing whole. */
const readCache = (folder, name) => {
  try {
    const file = readFileSync(path.join(folder, name));
    const bytes = file.subarray(0, file.length - CHECK_BYTES);
    return checkOf(bytes) === file.readInt32LE(bytes.length) ? bytes : undefined;
  } catch {
    return undefined;
  }
};

const forgetOldest = (base) => {
  const folders = readdirSync(base).filter((name) => name.startsWith(mine)).map((name) => path.join(base, name));
  const aged = folders.map((folder) => ({ folder, at: lstatSync(folder).mtimeMs })).sort((a, b) => b.at - a.at);
  for (const { folder } of aged.slice(MAX_KEPT)) rmSync(folder, { recursive: true, force: true });
};

/** Written beside and renamed: whoever starts meanwhile reads a whole file or none. */
const writeCache = (folder, scripts) => {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const [name, script] of scripts) {
      const beside = path.join(folder, `${name}.${process.pid}`);
      const bytes = script.createCachedData();
      const check = Buffer.alloc(CHECK_BYTES);
      check.writeInt32LE(checkOf(bytes));
      writeFileSync(beside, Buffer.concat([bytes, check]), { mode: 0o600 });
      renameSync(beside, path.join(folder, name));
    }
    forgetOldest(path.dirname(folder));
  } catch {
    // A full or read-only disk costs the next start its speed, nothing else.
  }
};

/**
 * Runs a file of the compiled program.
 * @param {string} entry below dist/
 * @param {string} use what this run is for; runs of one use call the same functions
 */
exports.start = (entry, use) => {
  const wanted = cacheFolder();
  const folder = wanted !== null && isOwn(wanted) ? wanted : null;
  const uncached = [];
  const modules = new Map();

  const load = (file) => {
    const known = modules.get(file);
    if (known !== undefined) return known.exports;
    const module = { exports: {} };
    modules.set(file, module);
    const name = `${use}.${path.basename(file)}`;
    const cachedData = folder === null ? undefined : readCache(folder, name);
    // The build escapes whatever is not ASCII.
    const source = WRAPPER.join(readFileSync(file, 'latin1'));
    const script = new Script(source, { filename: file, ...(cachedData && { cachedData }) });
    if (cachedData === undefined || script.cachedDataRejected) uncached.push([name, script]);
    const foreign = nodeModule.createRequire(file);
    const require = (id) => {
      if (id.startsWith('.')) return load(path.resolve(path.dirname(file), id));
      // Packages are loaded by Node, which keeps what it can (22.8 and later).
      if (!nodeModule.isBuiltin(id)) nodeModule.enableCompileCache?.();
      return foreign(id);
    };
    script.runInThisContext()(module.exports, require, module, file, path.dirname(file));
    return module.exports;
  };

  // A usage error (2) is no use of its own: any word would have files.
  if (folder !== null) process.on('exit', (code) => code !== 2 && uncached.length > 0 && writeCache(folder, uncached));
  return load(path.join(DIST, entry));
};
