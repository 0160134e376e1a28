// Builds the vendor folder: the same bytes every time from package-lock.json, so that a rebuild can be compared.
// Usage: node build.mjs OUT
//
// What leaves here asks nothing of another host: no source maps, no font files, and no crown or crest, which
// only services on GOV.UK may show.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import * as esbuild from "esbuild";
import * as sass from "sass";

const here = import.meta.dirname;
process.chdir(here);
const out = process.argv[2];
rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, "images"), { recursive: true });

const used = new Set(["govuk-frontend", "@ministryofjustice/frontend"]);
const bundle = async (entry, options) => {
  const result = await esbuild.build({
    absWorkingDir: here,
    entryPoints: [entry],
    outfile: join(out, basename(entry)),
    bundle: true,
    minify: true,
    charset: "utf8",
    target: ["es2022", "chrome110", "firefox115", "safari16"],
    legalComments: "none", // the whole licences are in NOTICES.txt
    metafile: true,
    logLevel: "warning",
    ...options,
  });
  for (const input of Object.keys(result.metafile.inputs)) {
    const name = input.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1];
    if (name) used.add(name);
  }
};

await bundle("entries/govuk.js", { format: "esm" });
await bundle("entries/vis.js", { format: "esm" });
await bundle("entries/vis.css", {});

const sheet = sass.compile("scss/govuk.scss", {
  loadPaths: [here],
  style: "compressed",
  logger: sass.Logger.silent,
}).css;
const crestless = sheet.replaceAll(/url\("?[^)"]*govuk-crest\.svg"?\)/g, "none");
writeFileSync(join(out, "govuk.css"), `${crestless}\n`);
for (const [, picture] of crestless.matchAll(/url\("?\.\/images\/([^)"]+)"?\)/g)) {
  cpSync(join("node_modules/@ministryofjustice/frontend/moj/assets/images", picture), join(out, "images", picture));
}

// The MIT licence is worded once; a package that ships no licence file is named with its author.
const mit = readFileSync("licences/MIT.txt", "utf8");
const notices = [...used].sort().map((name) => {
  const folder = join("node_modules", name);
  const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => /^licen[cs]e/i.test(file)).sort() : [];
  const chosen = files.find((file) => /mit/i.test(file)) ?? files[0];
  if (!chosen && about.license !== "MIT") throw new Error(`${name} has no licence file and is not MIT`);
  const author = typeof about.author === "string" ? about.author : (about.author?.name ?? "the authors of " + name);
  const text = chosen ? readFileSync(join(folder, chosen), "utf8").trim() : `Copyright (c) ${author}\n\n${mit.trim()}`;
  return `${"=".repeat(78)}\n${name} ${about.version} (${about.license})\n${"=".repeat(78)}\n\n${text}\n`;
});
const opening = "The files in this folder are built from the packages below by frontend/build.sh.\n";
writeFileSync(join(out, "NOTICES.txt"), `${[opening, ...notices].join("\n").replaceAll("\r\n", "\n")}`);
