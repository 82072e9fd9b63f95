// The staff's window.
import "@oirs/design/styles.css";
import { mount } from "svelte";
import App from "./App.svelte";

mount(App, { target: document.getElementById("app") ?? document.body });
