// What the shell asked in a page's name is answered once; whoever asks again asks the stand.
import { afterEach, describe, expect, it, vi } from "vitest";
import { call } from "./call.ts";

const asked = vi.fn((command: string) => Promise.resolve(`${command}, asked`));

describe("a command", () => {
  Object.assign(globalThis, { __TAURI_INTERNALS__: { invoke: asked } });
  afterEach(() => {
    asked.mockClear();
    globalThis.early = undefined;
  });

  it("takes the early answer, and only once", async () => {
    globalThis.early = { context: Promise.resolve("early") };
    expect(await call("context")).toEqual({ ok: true, value: "early" });
    expect(asked).not.toHaveBeenCalled();
    expect(await call("context")).toEqual({ ok: true, value: "context, asked" });
    expect(await call("today")).toEqual({ ok: true, value: "today, asked" });
  });

  it("tells an early refusal as any other", async () => {
    const refusal = { code: "busy", text_key: null, seconds: null, fields: [] };
    globalThis.early = { context: Promise.reject(refusal) };
    expect(await call("context")).toEqual({ ok: false, refusal });
  });
});
