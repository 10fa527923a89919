// One line under the title that says in plain words when nothing gets through, and when it does again.

import { handOver } from "./keep.js";
import { element, say } from "./texts.js";

const line = document.getElementById("banner");
const PATIENCE = 2500; // a short break is nobody's business
let timer = 0;
let isLost = false;
let isSignedOut = false;

function tell(name, tone) {
  line.textContent = name ? say(name) : "";
  line.className = name ? `banner ${tone}` : "banner";
}

function trouble() {
  return navigator.onLine === false ? "offline" : "unreachable";
}

/** Nothing gets through: said after a moment, unless it gets through again before. */
export function lost() {
  if (isSignedOut || isLost) return;
  isLost = true;
  clearTimeout(timer);
  timer = setTimeout(() => tell(trouble(), "off"), PATIENCE);
}

/** It gets through. */
export function found() {
  if (isSignedOut || !isLost) return;
  isLost = false;
  clearTimeout(timer);
  if (!line.classList.contains("off")) return;
  tell("online_again", "on");
  timer = setTimeout(() => tell(""), 4000);
}

/** The server no longer knows this page, or was told to close it (`ended`); only opening it anew helps. */
export function signedOut(ended) {
  if (isSignedOut) return;
  isSignedOut = true;
  clearTimeout(timer);
  tell(ended ? "ended" : "signed_out", "off");
  const again = element("button", "choice", say("reopen"));
  again.type = "button";
  again.addEventListener("click", () => {
    if (!ended) handOver();
    window.location.reload();
  });
  line.append(" ", again);
}
