// The letters of the on-screen keyboard, as data, and what a key does to a text. An accent waits for its letter:
// base and mark are composed by Unicode's own rule (NFC), so that every letter of Mapudungun (ṉ, ḻ, ṯ), Rapa Nui
// (ā, ŋ), Quechua, Aymara or Kreyòl comes out of seven marks and no table of ours.

export type Layer = "letters" | "symbols" | "more";
export type Key =
  | { kind: "letter"; text: string }
  | { kind: "accent"; mark: string; shown: string; name: string }
  | {
      kind: "action";
      action: "shift" | "erase" | "line" | "space" | "left" | "right" | "hide";
      shown: string;
      name: string;
    }
  | { kind: "layer"; layer: Layer; shown: string };

const letters = (row: string): Key[] => Array.from(row, (text) => ({ kind: "letter", text }));
const accent = (mark: string, shown: string, name: string): Key => ({
  kind: "accent",
  mark,
  shown,
  name: `keyboard-accent-${name}`,
});
const action = (
  name: "shift" | "erase" | "line" | "space" | "left" | "right" | "hide",
  shown = `keyboard-${name}`,
): Key => ({
  kind: "action",
  action: name,
  shown,
  name: ["left", "right", "hide"].includes(name) ? `keyboard-${name}` : `keyboard-${name}-name`,
});
const layer = (name: Layer): Key => ({ kind: "layer", layer: name, shown: `keyboard-${name}` });

const ACUTE = accent("\u0301", "´", "acute");

/** The rows of each layer. An e-mail address is typed on the first one: @ and . stand there. */
export const layers: Record<Layer, Key[][]> = {
  letters: [
    [...letters("qwertyuiop"), action("erase")],
    [...letters("asdfghjklñ"), ACUTE],
    [action("shift"), ...letters("zxcvbnm"), ...letters(",.@")],
    [
      layer("symbols"),
      layer("more"),
      action("space"),
      ...letters("¿?"),
      action("line"),
      action("hide", "keyboard-hide"),
    ],
  ],
  symbols: [
    [...letters("1234567890"), action("erase")],
    [...letters("-_/:;()\"'+")],
    [...letters("¡!¿?,.@#%&$*=")],
    [
      layer("letters"),
      layer("more"),
      action("left"),
      action("space"),
      action("right"),
      action("line"),
      action("hide", "keyboard-hide"),
    ],
  ],
  more: [
    [...letters("áéíóúüñŋʻʼ"), action("erase")],
    [
      ACUTE,
      accent("\u0300", "`", "grave"),
      accent("\u0308", "¨", "diaeresis"),
      accent("\u0302", "^", "circumflex"),
      accent("\u0303", "~", "tilde"),
      accent("\u0304", "¯", "macron"),
      accent("\u0331", "ˍ", "below"),
    ],
    [action("shift"), ...letters("āēīōūṉḻṯḏ")],
    [
      layer("letters"),
      layer("symbols"),
      action("left"),
      action("space"),
      action("right"),
      action("line"),
      action("hide", "keyboard-hide"),
    ],
  ],
};

/** What the keyboard remembers between two keys. */
export interface Keys {
  layer: Layer;
  shift: boolean;
  /** A combining mark that waits for its letter. */
  pending: string | null;
}

/** The text that a letter key gives now: in capitals after shift, joined with the accent that waited. */
export function typed(keys: Keys, text: string): string {
  const letter = keys.shift ? text.toLocaleUpperCase("es-CL") : text;
  if (!keys.pending) return letter;
  const joined = (letter + keys.pending).normalize("NFC");
  // A mark that Unicode composes with nothing here would hang in the air: the letter alone is better.
  return [...joined].length === 1 ? joined : letter;
}

/** The keyboard after a key. Shift and accent hold for one letter; an accent brings back the letters that it waits for. */
export function after(keys: Keys, key: Key): Keys {
  switch (key.kind) {
    case "letter":
      return { ...keys, shift: false, pending: null };
    case "accent":
      return { ...keys, layer: "letters", pending: keys.pending === key.mark ? null : key.mark };
    case "layer":
      return { ...keys, layer: key.layer };
    case "action":
      return { ...keys, shift: key.action === "shift" ? !keys.shift : keys.shift, pending: null };
  }
}

type Editable = HTMLInputElement | HTMLTextAreaElement;

/** Whether the element takes text. */
export function isEditable(element: Element | null): element is Editable {
  if (element instanceof HTMLTextAreaElement) return true;
  return element instanceof HTMLInputElement && ["text", "search", "tel", "password"].includes(element.type);
}

/** Puts text where the cursor is, in place of what is selected, and tells whoever listens. */
export function insert(target: Editable, text: string): void {
  const [from, to] = [
    target.selectionStart ?? target.value.length,
    target.selectionEnd ?? target.value.length,
  ];
  const room = target.maxLength > -1 ? target.maxLength - target.value.length + (to - from) : Infinity;
  if (room < text.length) return;
  target.setRangeText(text, from, to, "end");
  target.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText", data: text }));
}

/** Takes away what is selected, or the letter before the cursor with its marks. */
export function erase(target: Editable): void {
  const [from, to] = [
    target.selectionStart ?? target.value.length,
    target.selectionEnd ?? target.value.length,
  ];
  const before =
    [...new Intl.Segmenter("es").segment(target.value.slice(0, from))].at(-1)?.segment.length ?? 0;
  target.setRangeText("", from === to ? from - before : from, to, "end");
  target.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "deleteContentBackward" }));
}

/** Moves the cursor by one letter. */
export function move(target: Editable, by: -1 | 1): void {
  const at = Math.max(0, Math.min(target.value.length, (target.selectionStart ?? 0) + by));
  target.setSelectionRange(at, at);
}
