// Compressed copies beside the built files, once at build time and as small as they get.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { extname, resolve } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const TEXT = [".css", ".js", ".svg"];
const best = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };

/** Writes `name.br` and `name.gz`; `yizhan.ui.built` serves them to browsers that take them. */
export function compressedCopies() {
  return {
    name: "compressed-copies",
    writeBundle({ dir }) {
      for (const name of readdirSync(dir).filter((name) => TEXT.includes(extname(name)))) {
        const content = readFileSync(resolve(dir, name));
        writeFileSync(resolve(dir, `${name}.br`), brotliCompressSync(content, best));
        writeFileSync(resolve(dir, `${name}.gz`), gzipSync(content, { level: 9 }));
      }
    },
  };
}
