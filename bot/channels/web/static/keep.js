// Where what is not sent yet survives a closed page: words in localStorage (one key each, so that two open pages
// never overwrite each other), photos in IndexedDB. Where a browser forbids both, the memory of this page has to do.

const prefix = `thidua:${document.body.dataset.chat}:`;
const memory = new Map();

function write(key, value) {
  memory.set(key, value);
  try {
    localStorage.setItem(prefix + key, value);
  } catch (refused) {
    // full or forbidden: it lives as long as the page
  }
}

function erase(key) {
  memory.delete(key);
  try {
    localStorage.removeItem(prefix + key);
  } catch (refused) {
    // it was never there
  }
}

function photoStore(mode) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("thidua", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("photos");
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => resolve(opening.result.transaction("photos", mode).objectStore("photos"));
  });
}

async function withPhotos(mode, act) {
  try {
    const store = await photoStore(mode);
    const request = act(store);
    return await new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  } catch (forbidden) {
    return undefined;
  }
}

/** Keeps an unsent item ({client, at, text | press, label | photo}) until `forget`. */
export function keep(item) {
  const { photo, ...words } = item;
  write(`unsent:${item.client}`, JSON.stringify({ ...words, isPhoto: Boolean(photo) }));
  return photo ? withPhotos("readwrite", (store) => store.put(photo, item.client)) : Promise.resolve();
}

/** Forgets an item that was stored by the server or given up by the person. */
export function forget(client) {
  erase(`unsent:${client}`);
  withPhotos("readwrite", (store) => store.delete(client));
}

function storedKeys() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(`${prefix}unsent:`));
  } catch (forbidden) {
    return [];
  }
}

async function wake(key) {
  const item = JSON.parse(localStorage.getItem(key));
  if (item.isPhoto) item.photo = (await withPhotos("readonly", (store) => store.get(item.client))) || null;
  return item;
}

/** What earlier pages left unsent, oldest first. A photo that is gone comes with `photo: null`. */
export async function leftOver() {
  const items = await Promise.all(storedKeys().map(wake));
  return items.sort((one, other) => one.at - other.at);
}

/** Up to which of its messages this device has shown the conversation to somebody; 0 where it never did. */
export function readUpTo() {
  try {
    return Number(localStorage.getItem(`${prefix}read`)) || 0;
  } catch (forbidden) {
    return 0;
  }
}

/** Remembers up to where it was read. */
export function saveReadUpTo(entry) {
  write("read", String(entry));
}

/** Forgets all that this device kept of the conversation: it was signed out. */
export function wipe() {
  storedKeys().forEach((key) => forget(key.slice(`${prefix}unsent:`.length)));
  ["draft", "read"].forEach(erase);
}

/** Half-written words survive too: old phones close pages that are out of sight. */
export function saveDraft(text) {
  if (text) write("draft", text.slice(0, 20000));
  else erase("draft");
}

/** The half-written words of last time. */
export function draft() {
  try {
    return localStorage.getItem(`${prefix}draft`) || "";
  } catch (forbidden) {
    return "";
  }
}
