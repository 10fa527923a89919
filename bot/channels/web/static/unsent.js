// Bubbles of what the person has said and the server has not shown yet.

import { player } from "./recordings.js";
import { element, say } from "./texts.js";

const list = document.getElementById("unsent");
const bubbles = new Map(); // client id → <li>

function preview(item) {
  const image = element("img");
  image.alt = say("own_photo", { name: item.name || "" });
  image.width = image.height = 132;
  image.src = URL.createObjectURL(item.photo);
  image.addEventListener("load", () => URL.revokeObjectURL(image.src));
  return element("ul", "photos single", element("li", "", image));
}

function content(item) {
  if (item.sound && item.photo) return player(URL.createObjectURL(item.photo), say("own_recording"));
  return item.photo ? preview(item) : element("div", "words plain", item.text || item.label || "");
}

/** Shows an item as being on its way. */
export function add(item) {
  const bubble = element("div", "bubble", element("span", "sr", say("outgoing")), content(item));
  bubble.append(element("p", "when", say("sending")));
  const entry = element("li", "entry mine waiting", bubble);
  entry.dataset.client = item.client;
  bubbles.set(item.client, entry);
  list.append(entry);
  return entry;
}

/** The server has it: "đã gửi ✓". False when the server's own bubble has already come. */
export function stored(client) {
  const entry = bubbles.get(client);
  if (!entry) return false;
  entry.classList.remove("waiting");
  const line = entry.querySelector(".when");
  line.textContent = "";
  line.append(element("span", "sent", say("sent"), " ✓"));
  return true;
}

function action(name, act) {
  const made = element("button", "choice", say(name));
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

/** Says kindly why it was not taken. `rewrite` is none for what cannot be written anew. */
export function refused(client, error, discard, rewrite) {
  const entry = bubbles.get(client);
  if (!entry) return;
  entry.classList.remove("waiting");
  entry.classList.add("refused");
  const why = entry.querySelector(".when");
  why.textContent = error || say("refused");
  why.setAttribute("role", "alert");
  const actions = element("div", "choices", action("discard", discard));
  if (rewrite) actions.prepend(action("rewrite", rewrite));
  entry.append(actions);
}

/** Takes the bubble away: the server's own stands there now, or the person gave it up. */
export function remove(client) {
  const entry = bubbles.get(client);
  if (!entry) return false;
  bubbles.delete(client);
  entry.remove();
  return true;
}
