// The citizen's window. Nothing here outlives it: no storage, no cache, no log.
import "@oirs/design/styles.css";
import { mount } from "svelte";
import App from "./App.svelte";

mount(App, { target: document.getElementById("app") ?? document.body });
