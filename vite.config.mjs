// Builds the front end into hashed files and a manifest that src/yizhan/ui/manifest.py reads.
import { resolve } from "node:path";
import { defineConfig } from "vite";
import { compressedCopies } from "./frontend/compress.mjs";
import { iconSprite } from "./frontend/icons.mjs";

const root = import.meta.dirname;
const floor = ["chrome87", "safari14"]; // domestic browsers run on older Chromium kernels

export default defineConfig({
  root,
  base: "/assets/",
  publicDir: false,
  plugins: [iconSprite(process.env.YIZHAN_CHECKOUT || root, root), compressedCopies()],
  css: {
    preprocessorOptions: {
      // Bootstrap 5.3 is written with @import; its own warnings say nothing about our files.
      scss: { quietDeps: true, silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function"] },
    },
  },
  build: {
    outDir: process.env.YIZHAN_ASSETS || resolve(root, "var/assets"),
    assetsDir: "",
    emptyOutDir: true,
    manifest: "manifest.json",
    target: floor,
    cssTarget: floor,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { public: resolve(root, "frontend/public.js"), desk: resolve(root, "frontend/desk.js"), map: resolve(root, "frontend/map.js") },
    },
  },
});
