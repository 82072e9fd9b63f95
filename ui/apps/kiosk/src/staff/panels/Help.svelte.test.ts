// The manual, as the team reads it in its window.
import { setLanguage } from "@oirs/i18n";
import { render, screen } from "@testing-library/svelte";
import { beforeAll, expect, it } from "vitest";
import type { Desk } from "../desk.svelte.ts";
import Help from "./Help.svelte";

beforeAll(() => setLanguage("es-CL"));

it("has the troubles first, and the whole booklet beside them", async () => {
  const { container } = render(Help, { desk: {} as Desk, show: () => {} });
  expect(screen.getByRole("heading", { level: 2 }).textContent).toBe("Problemas y remedios");
  expect(screen.getAllByRole("row").length).toBeGreaterThan(15);
  screen.getByLabelText("Cuadernillo del equipo").click();
  expect(await screen.findByRole("heading", { name: /Al cerrar/ })).toBeTruthy();
  // No picture of a window in a window, and nothing that leads out of it.
  expect(container.querySelectorAll("img, a[href]").length).toBe(0);
});
