// The staff's window.
import "@oirs/design/styles.css";
import { faces } from "@oirs/design";
import { t } from "@oirs/i18n";
import { mount } from "svelte";
import { soon } from "../soon.ts";
import App from "./App.svelte";
import { Desk } from "./desk.svelte.ts";

const desk = new Desk();
const all = soon([desk.load(), faces()]);
// The sentences are read in the meantime.
t("app-name");
await all;
mount(App, { target: document.getElementById("app") ?? document.body, props: { desk } });
