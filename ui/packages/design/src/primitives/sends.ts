// Fields that are sent together, without the element that HTML has for it: WebKitGTK keeps every field that was ever
// in a `form`, with what was typed, for as long as its page lives (docs/adr/0034).
import { on } from "svelte/events";

/** Makes an element of `role="form"` send as a form does: by its button of type submit, or by Enter in a line. One
 * that has no such button is sent by Enter alone. */
export function sends(send: () => void) {
  return (form: HTMLElement) => {
    const pressed = on(form, "click", ({ target }) => {
      if (target instanceof Element && target.closest("button[type=submit]")) send();
    });
    const keyed = on(form, "keydown", (event) => {
      const plain = !event.ctrlKey && !event.altKey && !event.metaKey && !event.isComposing;
      if (event.key !== "Enter" || !plain || event.defaultPrevented) return;
      if (!(event.target instanceof HTMLInputElement)) return;
      event.preventDefault();
      // Through the button, so that one that is disabled sends nothing.
      const button = form.querySelector<HTMLButtonElement>("button[type=submit]");
      if (button) button.click();
      else send();
    });
    return () => {
      pressed();
      keyed();
    };
  };
}
