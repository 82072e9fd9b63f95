// A complete pack for tests, in no language: the Spanish in brackets. What stands on a screen without them was not said by
// the pack.
import type { Pack } from "./pack.ts";
import { refreshed } from "./review.ts";
import { asked } from "./run.ts";

/** A tag for private use (RFC 5646, section 2.2.7). */
export const TAG = "x-prueba";

/** The pack of a path, as its speakers would leave it and the command would then have written it. */
export function bracketed(path: ReadonlyMap<string, string>): Pack {
  const sentences = asked("Prueba", path);
  const [empty] = refreshed(
    {
      idioma: TAG,
      nombre: "Prueba",
      alfabeto: "corchetes",
      personas: new Map([
        ["t", { nombre: "[Quien traduce]", rol: "" }],
        ["r", { nombre: "[Quien revisa]", rol: "[prueba]" }],
      ]),
      textos: new Map(),
      retirados: new Map(),
    },
    sentences,
  );
  const textos = new Map(
    [...empty.textos].map(([key, one]) => [
      key,
      { ...one, texto: `[${one.espanol}]`, tradujo: "t 2026-11-20", reviso: "r 2026-11-21" },
    ]),
  );
  return refreshed({ ...empty, textos }, sentences)[0];
}
