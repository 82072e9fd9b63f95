import type { Refusal } from "@oirs/bindings";

/** What a command answers: a value, or why not. */
export type Answer<T> = { ok: true; value: T } | { ok: false; refusal: Refusal };
