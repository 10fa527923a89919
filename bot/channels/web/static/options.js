// The sheet of choices: light or dark, the page as an app, and the devices that have this chat open.

import * as devices from "./devices.js";
import { open, prepare } from "./sheet.js";

const root = document.documentElement;
const sheet = document.getElementById("options");
const install = document.getElementById("install");
const hint = document.getElementById("install-hint");
let offered = null;

function startTheme() {
  const themes = document.getElementById("themes");
  themes.addEventListener("change", (event) => root.chooseTheme(event.target.value));
  themes.querySelectorAll("input").forEach((each) => {
    each.checked = each.value === root.chosenTheme();
  });
}

function startInstalling() {
  hint.hidden = navigator.standalone !== false; // an iPhone's browser, not yet on the home screen
  window.addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    offered = event;
    install.hidden = false;
  });
  window.addEventListener("appinstalled", () => {
    install.hidden = true;
  });
  install.addEventListener("click", () => {
    install.hidden = true;
    offered.prompt();
  });
}

/** Opens the sheet, with the devices as they are now. */
export function show() {
  open(sheet);
  devices.load();
}

/** Starts the button and what it opens. `watch` hears ended() when this device signs itself out. */
export function start(watch) {
  prepare(sheet, document.getElementById("options-close"));
  document.getElementById("menu").addEventListener("click", show);
  startTheme();
  startInstalling();
  devices.start(watch);
}
