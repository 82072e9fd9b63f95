// The one place where a command leaves the window. What fails comes back as a Refusal, whatever it was.
import type { Refusal } from "@oirs/bindings";
import { invoke } from "@tauri-apps/api/core";

const INTERNAL: Refusal = { code: "internal", text_key: null, seconds: null, fields: [] };

function isRefusal(error: unknown): error is Refusal {
  return typeof error === "object" && error !== null && "code" in error && "fields" in error;
}

/** What a command answers: a value, or why not. */
export type Answer<T> = { ok: true; value: T } | { ok: false; refusal: Refusal };

export async function call<T>(command: string, args: Record<string, unknown> = {}): Promise<Answer<T>> {
  try {
    return { ok: true, value: await invoke<T>(command, args) };
  } catch (error) {
    return { ok: false, refusal: isRefusal(error) ? error : INTERNAL };
  }
}
