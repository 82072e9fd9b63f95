// The faces that every screen is set in.
const FACES = ["400 1em Roboto", "500 1em Roboto", "700 1em Roboto", "600 1em 'Roboto Slab'"];

/** Resolves when they can be drawn with. Text that is set before is first set in a face of the system's, which takes
 * as long again to find. */
export function faces(): Promise<unknown> {
  return Promise.all(FACES.map((face) => document.fonts.load(face)));
}
