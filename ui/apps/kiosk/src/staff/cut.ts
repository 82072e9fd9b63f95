// A title that is taken over as a matter may be longer than a matter: it ends at a word then, so that nobody with somebody
// waiting has to shorten what the catalogue wrote. The sheet's own id says the rest.

/** The text, or as many of its whole words as the limit has room for, in characters; of one endless word its beginning. */
export function cutAtWord(text: string, chars_max: number): string {
  const chars = [...text.trim()];
  if (chars.length <= chars_max) return chars.join("");
  const words = chars
    .slice(0, chars_max + 1)
    .join("")
    .replace(/\s+\S*$/, "");
  return [...words].slice(0, chars_max).join("");
}
