// Bundles static/js and static/css into static/build and writes its manifest.
//
// Entry points: static/css/app.css, static/js/app.js, and every static/js/entry-*.js and
// static/css/entry-*.css. Files in static/img are copied. Each name carries a hash of its content.
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const ROOT = dirname(fileURLToPath(import.meta.url));
const OUT = join(ROOT, "static", "build");
const FRESH = join(ROOT, "static", "build.new");

async function entries(folder, isEntry) {
  const names = await readdir(join(ROOT, "static", folder));
  return names.filter(isEntry).sort().map((name) => join("static", folder, name));
}

const entryPoints = [
  ...(await entries("css", (name) => name === "app.css" || /^entry-.*\.css$/.test(name))),
  ...(await entries("js", (name) => name === "app.js" || /^entry-.*\.js$/.test(name))),
  ...(await entries("img", (name) => /\.(svg|png|ico)$/.test(name))),
];

await rm(FRESH, { recursive: true, force: true });
await mkdir(FRESH, { recursive: true });
const { metafile } = await build({
  absWorkingDir: ROOT,
  entryPoints,
  outdir: FRESH,
  outbase: "static",
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  chunkNames: "chunk-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  target: ["chrome109", "firefox115", "safari16"],
  minify: true,
  legalComments: "none",
  loader: { ".svg": "copy", ".png": "copy", ".ico": "copy", ".woff2": "file" },
  metafile: true,
  logLevel: "warning",
});

// A name in the manifest is the source's own file name: "app.css", "entry-map.js", "favicon.svg".
// Styles that a script imports get the script's name: "entry-map.css". Fonts are listed for preload.
const manifest = {};
for (const [path, output] of Object.entries(metafile.outputs)) {
  const built = relative(FRESH, join(ROOT, path));
  const source = output.entryPoint ?? (extname(built) === ".woff2" ? Object.keys(output.inputs)[0] : null);
  if (source) manifest[basename(source)] = built;
  if (source && output.cssBundle) {
    manifest[basename(source).replace(/\.js$/, ".css")] = relative(FRESH, join(ROOT, output.cssBundle));
  }
}
const ordered = Object.fromEntries(Object.entries(manifest).sort());
await writeFile(join(FRESH, "manifest.json"), `${JSON.stringify(ordered, null, 2)}\n`);

// Text is compressed once, here, and not for every visitor.
for (const name of await readdir(FRESH)) {
  if (!/\.(css|js|svg)$/.test(name)) continue;
  await writeFile(join(FRESH, `${name}.gz`), gzipSync(await readFile(join(FRESH, name)), { level: 9 }));
}

// Put in place as a whole, so that a page never meets a half-written build.
await rm(OUT, { recursive: true, force: true });
await rename(FRESH, OUT);
