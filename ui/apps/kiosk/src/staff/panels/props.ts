import type { Desk, Panel } from "../desk.svelte.ts";

/** What every panel gets: the stand's state, and how to go to another panel. */
export interface PanelProps {
  desk: Desk;
  show: (panel: Panel) => void;
}
