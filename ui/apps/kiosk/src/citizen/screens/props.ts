import type { Session } from "../session.svelte.ts";

/** What every screen gets. `typing` says that the on-screen keyboard takes half of the height. */
export interface ScreenProps {
  session: Session;
  blocked: boolean;
  typing: boolean;
}
