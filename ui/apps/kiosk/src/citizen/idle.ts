// Whether somebody is still there. Nothing is wiped without asking: quiet, then a warning that any touch or key
// takes back, then the end. Times come in from outside, so that a test needs no clock.

export interface IdleLimits {
  /** Milliseconds without a touch or key before the warning. */
  quiet_ms: number;
  /** Milliseconds that the warning stands. At least twenty seconds (WCAG 2.2, 2.2.1). */
  warning_ms: number;
}

export type Idle =
  | { kind: "active"; since_ms: number }
  | { kind: "warning"; since_ms: number; left_s: number }
  | { kind: "expired" };

/** Somebody touched or typed: the warning, if any, is over. What expired stays so. */
export function touched(idle: Idle, now_ms: number): Idle {
  return idle.kind === "expired" ? idle : { kind: "active", since_ms: now_ms };
}

/** Time has passed. While `waits` holds (nothing to wipe, or the printer failed) the quiet does not count. */
export function passed(idle: Idle, now_ms: number, limits: IdleLimits, waits: boolean): Idle {
  if (idle.kind === "expired") return idle;
  if (waits) return { kind: "active", since_ms: now_ms };
  if (idle.kind === "active") {
    if (now_ms - idle.since_ms < limits.quiet_ms) return idle;
    return warning(now_ms, now_ms, limits);
  }
  if (now_ms - idle.since_ms >= limits.warning_ms) return { kind: "expired" };
  return warning(idle.since_ms, now_ms, limits);
}

function warning(since_ms: number, now_ms: number, limits: IdleLimits): Idle {
  return { kind: "warning", since_ms, left_s: Math.ceil((limits.warning_ms - (now_ms - since_ms)) / 1000) };
}
