// What is read aloud of a page: its own sentences, in their order, and never what a person wrote.

/**
 * What a page says, a line for each part. What a person wrote stands in fields and in lists of terms (the review, the
 * control code): neither is read, nor what is marked `data-unspoken`, which is for the eye alone (an address, the team's
 * buttons beside a sheet that they have read to somebody).
 */
export function spoken(page: Element): string {
  const parts = page.querySelectorAll<HTMLElement>("h1, h2, h3, p, li, legend, label, button");
  return (
    [...parts]
      .filter((part) => !part.closest("[aria-hidden=true], .visually-hidden, [data-unspoken]"))
      // A part inside of another was read with it.
      .filter((part) => !part.parentElement?.closest("p, li, legend, label, button"))
      .map((part) => words(part).replace(/\s+/g, " ").trim())
      .filter((line) => line !== "")
      .join("\n")
  );
}

/** The words of a part, without those that are for the eye alone. */
function words(part: Element): string {
  const copy = part.cloneNode(true) as Element;
  for (const unspoken of copy.querySelectorAll("[data-unspoken]")) unspoken.remove();
  return copy.textContent ?? "";
}
