// When a pack is complete, and what is shipped of it then: one file of Fluent, which the windows and the printed receipt
// read alike. Whatever is not complete ships nothing, not even partly.
import { message, problems } from "./check.ts";
import type { Pack } from "./pack.ts";
import { signature } from "./review.ts";

/** How far a pack is. */
export interface Count {
  sentences: number;
  translated: number;
  reviewed: number;
}

export function count(pack: Pack): Count {
  const all = [...pack.textos.values()];
  return {
    sentences: all.length,
    translated: all.filter((one) => one.texto !== "").length,
    reviewed: all.filter((one) => one.estado === "revisado").length,
  };
}

/** Whether the whole path was reviewed by somebody else than its translators, and nothing is wrong with it. */
export function isComplete(pack: Pack, isDrawn: (letter: string) => boolean): boolean {
  const { sentences, reviewed } = count(pack);
  return (
    sentences > 0 && reviewed === sentences && pack.alfabeto !== "" && problems(pack, isDrawn).length === 0
  );
}

/** Those who signed, in the order of the file, as they want to be shown. */
export function signers(pack: Pack): string {
  const signed = new Set(
    [...pack.textos.values()].flatMap((one) => [signature(one.tradujo)?.who, signature(one.reviso)?.who]),
  );
  return [...pack.personas]
    .filter(([key]) => signed.has(key))
    .map(([, { nombre, rol }]) => (rol === "" ? nombre : `${nombre}, ${rol}`))
    .join(" · ");
}

/** The file that is shipped; null where the pack is not complete. */
export function compiled(pack: Pack, isDrawn: (letter: string) => boolean): string | null {
  if (!isComplete(pack, isDrawn)) return null;
  return [
    `# Written by \`npm --prefix ui run packs\` from ui/packages/i18n/packs/${pack.idioma}.toml: never by hand.\n\n`,
    message("language-people", signers(pack)),
    ...[...pack.textos].map(([key, one]) => message(key, one.texto)),
  ].join("");
}
