// What is read aloud of a page: its own sentences, in their order, and never what a person wrote.

/**
 * What a page says, a line for each part. What a person wrote stands in fields and in lists of terms (the review, the
 * control code): neither is read.
 */
export function spoken(page: Element): string {
  const parts = page.querySelectorAll<HTMLElement>("h1, h2, h3, p, li, legend, label, button");
  return (
    [...parts]
      .filter((part) => !part.closest("[aria-hidden=true], .visually-hidden"))
      // A part inside of another was read with it.
      .filter((part) => !part.parentElement?.closest("p, li, legend, label, button"))
      .map((part) => (part.textContent ?? "").replace(/\s+/g, " ").trim())
      .filter((line) => line !== "")
      .join("\n")
  );
}
