// The faces that every screen is set in: weight, then family.
export const FACES = [
  [400, "Roboto"],
  [500, "Roboto"],
  [700, "Roboto"],
  [600, "Roboto Slab"],
] as const;

/** Resolves when they can be drawn with. Text that is set before is first set in a face of the system's, which takes
 * as long again to find. */
export function faces(): Promise<unknown> {
  return Promise.all(FACES.map(([weight, family]) => document.fonts.load(`${weight} 1em '${family}'`)));
}
