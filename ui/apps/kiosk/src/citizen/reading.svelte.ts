// How the person wants to read: bigger letters, high contrast. Set on the document, so that rem and tokens follow.
const root = document.documentElement;

class Letters {
  large = $state(false);
  toggle(): void {
    this.large = !this.large;
    if (this.large) root.dataset.letters = "large";
    else delete root.dataset.letters;
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
