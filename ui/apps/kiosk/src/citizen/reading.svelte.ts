// How the person wants to read: bigger letters, high contrast. Set on the document, so that rem and tokens follow.
const root = document.documentElement;

/** The sizes of letters in the order in which the button brings them: 100, 150 and 200 %. */
const SIZES = ["normal", "large", "largest"] as const;
export type Size = (typeof SIZES)[number];

class Letters {
  size = $state<Size>("normal");
  /** The size that comes. */
  get next(): Size {
    return SIZES[(SIZES.indexOf(this.size) + 1) % SIZES.length] ?? "normal";
  }
  turn(): void {
    this.size = this.next;
    if (this.size === "normal") delete root.dataset.letters;
    else root.dataset.letters = this.size;
  }
}

class Theme {
  contrast = $state(window.matchMedia?.("(prefers-contrast: more)").matches ?? false);
  constructor() {
    this.apply();
  }
  toggle(): void {
    this.contrast = !this.contrast;
    this.apply();
  }
  private apply(): void {
    if (this.contrast) root.dataset.theme = "contrast";
    else delete root.dataset.theme;
  }
}

export const letters = new Letters();
export const theme = new Theme();
