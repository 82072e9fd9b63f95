// What is read aloud, and what never is.
import { describe, expect, it } from "vitest";
import { spoken } from "./aloud.ts";

function page(html: string): Element {
  const main = document.createElement("main");
  main.innerHTML = html;
  return main;
}

describe("what is read aloud", () => {
  it.each([
    ["<h1>Hola</h1><p>Uno <strong>dos</strong></p>", "Hola\nUno dos"],
    ["<ul><li><p>Uno</p></li></ul><button>Seguir</button>", "Uno\nSeguir"],
    ["<label>Nombre<input value='Rosa'></label><textarea>No pasa</textarea>", "Nombre"],
    ["<dl><dt>Código</dt><dd>7H2K-9QWX</dd></dl><p>Guárdalo.</p>", "Guárdalo."],
    ["<p aria-hidden='true'>1</p><p class='visually-hidden'>x</p><p> </p>", ""],
    [
      "<div data-unspoken><button>Imprimir</button></div><p>Uno <span data-unspoken>https://a.cl</span></p>",
      "Uno",
    ],
  ])("of %s", (html, expected) => expect(spoken(page(html))).toBe(expected));
});
