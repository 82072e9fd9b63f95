// The one place where a command leaves the window. What fails comes back as a Refusal, whatever it was.
import type { Refusal } from "@oirs/bindings";
import { invoke } from "@tauri-apps/api/core";
import type { Answer } from "./answer.ts";

const INTERNAL: Refusal = { code: "internal", text_key: null, seconds: null, fields: [] };

function isRefusal(error: unknown): error is Refusal {
  return typeof error === "object" && error !== null && "code" in error && "fields" in error;
}

declare global {
  /** What the shell asked in this page's name before its script was read (src-tauri/src/windows.rs), by command. */
  var early: Record<string, Promise<unknown>> | undefined;
}

/** The answer to an early question, once: whoever asks again wants what is true by then. */
function takeEarly<T>(command: string): Promise<T> | undefined {
  const asked = globalThis.early?.[command] as Promise<T> | undefined;
  delete globalThis.early?.[command];
  return asked;
}

export async function call<T>(command: string, args: Record<string, unknown> = {}): Promise<Answer<T>> {
  try {
    return { ok: true, value: await (takeEarly<T>(command) ?? invoke<T>(command, args)) };
  } catch (error) {
    return { ok: false, refusal: isRefusal(error) ? error : INTERNAL };
  }
}
