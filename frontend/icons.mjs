// One SVG sprite of exactly the icons that the sources name, taken from the Tabler outline set.
import { readFileSync, readdirSync } from "node:fs";
import { extname, relative, resolve } from "node:path";

// The packs of a deployment may lie elsewhere, as settings.PACKS reads them.
const PLACES = ["src/yizhan", "frontend", "packs", ...(process.env.YIZHAN_PACKS ?? "").split(",").filter(Boolean)];
const IN_TEMPLATES = [/\bicon\("([a-z0-9-]+)"/g, /\bicon="([a-z0-9-]+)"/g, /\btile\("([a-z0-9-]+)"/g];
const NAMED = {
  ".jinja": IN_TEMPLATES,
  ".html": IN_TEMPLATES, // allauth gives its templates this name
  ".py": [/\bicon\("([a-z0-9-]+)"/g, /\bicon="([a-z0-9-]+)"/g],
  ".js": [/\bicon\("([a-z0-9-]+)"/g],
  ".yaml": [/^\s*icon:\s*["']?([a-z0-9-]+)/gm],
};

/**
 * Emits `icons.svg`; stops the build where a source names an icon that Tabler does not draw.
 * `root` has the sources that name icons, `workshop` the packages that draw them.
 */
export function iconSprite(root, workshop) {
  return {
    name: "icon-sprite",
    buildStart() {
      for (const file of sources(root)) this.addWatchFile(file);
    },
    generateBundle() {
      const source = sprite(root, workshop);
      this.emitFile({ type: "asset", name: "icons.svg", originalFileName: "icons.svg", source });
    },
  };
}

function sprite(root, workshop) {
  const symbols = [...namedIcons(root)].sort(([a], [b]) => a.localeCompare(b)).map(([name, file]) => {
    const drawn = drawing(workshop, name, relative(root, file));
    return `<symbol id="i-${name}" viewBox="0 0 24 24">${drawn}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`;
}

function drawing(workshop, name, file) {
  const path = resolve(workshop, "node_modules/@tabler/icons/icons/outline", `${name}.svg`);
  try {
    return readFileSync(path, "utf8").replace(/^[\s\S]*?<svg[^>]*>/, "").replace("</svg>", "").trim();
  } catch {
    throw new Error(`${file} names the icon "${name}", which the Tabler outline set does not have`);
  }
}

/** Every named icon with one file that names it. */
function namedIcons(root) {
  const found = new Map();
  for (const file of sources(root)) {
    const text = readFileSync(file, "utf8");
    for (const pattern of NAMED[extname(file)]) for (const [, name] of text.matchAll(pattern)) found.set(name, file);
  }
  return found;
}

function sources(root) {
  return PLACES.flatMap((place) =>
    readdirSync(resolve(root, place), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && extname(entry.name) in NAMED && !/\/(tests|node_modules)\b/.test(entry.parentPath))
      .map((entry) => resolve(entry.parentPath, entry.name)),
  );
}
