// The windows' sentences, from their Fluent files: what a test presses by in either language.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { root } from "./programs.mjs";

const { FluentBundle, FluentResource } = createRequire(join(root, "ui/package.json"))("@fluent/bundle");

function read(language) {
  const bundle = new FluentBundle(language, { useIsolating: false });
  for (const file of ["citizen", "common", "staff"])
    bundle.addResource(new FluentResource(readFileSync(join(root, `ui/packages/i18n/locales/${language}/${file}.ftl`), "utf8")));
  return bundle;
}
const bundles = { "es-CL": read("es-CL"), en: read("en") };

/** What a key says. */
export function text(language, key, values = {}) {
  const bundle = bundles[language];
  return bundle.formatPattern(bundle.getMessage(key).value, values);
}
