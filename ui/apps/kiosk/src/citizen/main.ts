// The citizen's window. Nothing here outlives it: no storage, no cache, no log.
import "@oirs/design/styles.css";
import { faces } from "@oirs/design";
import { language } from "@oirs/i18n";
import { citizen } from "@oirs/platform/citizen";
import { mount } from "svelte";
import { soon } from "../soon.ts";
import App from "./App.svelte";
import { Session } from "./session.svelte.ts";

const session = new Session(citizen, () => performance.now(), language);
await soon([session.load(), faces()]);
mount(App, { target: document.getElementById("app") ?? document.body, props: { session } });
