// The staff's window.
import "@oirs/design/styles.css";
import { faces } from "@oirs/design";
import { mount } from "svelte";
import { soon } from "../soon.ts";
import App from "./App.svelte";
import { Desk } from "./desk.svelte.ts";

const desk = new Desk();
await soon([desk.load(), faces()]);
mount(App, { target: document.getElementById("app") ?? document.body, props: { desk } });
