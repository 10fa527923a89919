// Where what is not sent yet survives a closed page: words in localStorage (at once, one key each, so that two open pages
// never overwrite each other) and in IndexedDB (written through to the disk, as a browser that is killed forgets what it
// was last told to store); photos in IndexedDB alone. Where a browser forbids both, the memory of this page has to do.

const prefix = `thidua:${document.body.dataset.chat}:`;
const HANDED = "thidua:handed";
const SOON = 250; // not every letter is worth a write to the disk
const memory = new Map();
let saving = 0;

function write(key, value) {
  const stamped = JSON.stringify({ at: Date.now(), value });
  memory.set(key, stamped);
  try {
    localStorage.setItem(prefix + key, stamped);
  } catch (refused) {
    // full or forbidden: it lives as long as the page
  }
  return stamped;
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(prefix + key) || memory.get(key) || "null");
  } catch (forbidden) {
    return JSON.parse(memory.get(key) || "null");
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

function opened() {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("thidua", 2);
    opening.onupgradeneeded = () => {
      const there = opening.result.objectStoreNames;
      ["photos", "words"].filter((name) => !there.contains(name)).forEach((name) => opening.result.createObjectStore(name));
    };
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => resolve(opening.result);
  });
}

const database = window.indexedDB ? opened().catch(() => null) : Promise.resolve(null);

/** What a request gives, once it is on the disk; nothing where it may not be done. */
async function onDisk(name, mode, act) {
  const open = await database;
  if (!open) return undefined;
  return new Promise((resolve) => {
    try {
      const transaction = open.transaction(name, mode, { durability: "strict" });
      const request = act(transaction.objectStore(name));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = transaction.onerror = () => resolve(undefined);
    } catch (forbidden) {
      resolve(undefined);
    }
  });
}

function writeThrough(key, stamped) {
  return onDisk("words", "readwrite", (store) => store.put(stamped, prefix + key));
}

async function wakeWord(key) {
  const short = key.slice(prefix.length);
  const kept = JSON.parse(await onDisk("words", "readonly", (store) => store.get(key)));
  const known = read(short);
  if (!known || known.at < kept.at) {
    memory.set(short, JSON.stringify(kept));
    localStorage.setItem(key, JSON.stringify(kept));
  }
}

async function wakeWords() {
  const keys = (await onDisk("words", "readonly", (store) => store.getAllKeys())) || [];
  await Promise.all(keys.filter((key) => key.startsWith(prefix)).map(wakeWord));
}

/** Done once everything that earlier pages kept is known again. */
export const awake = wakeWords().catch(() => {});

/** Keeps an unsent item ({client, at, text | press, label | photo}) until `forget`. */
export async function keep(item) {
  const { photo, ...words } = item;
  const stamped = write(`unsent:${item.client}`, { ...words, isPhoto: Boolean(photo) });
  if (photo) await onDisk("photos", "readwrite", (store) => store.put(photo, item.client));
  await writeThrough(`unsent:${item.client}`, stamped);
}

/** Forgets an item that was stored by the server or given up by the person. */
export function forget(client) {
  erase(`unsent:${client}`);
  onDisk("words", "readwrite", (store) => store.delete(`${prefix}unsent:${client}`));
  onDisk("photos", "readwrite", (store) => store.delete(client));
}

function unsentKeys() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(`${prefix}unsent:`));
  } catch (forbidden) {
    return [];
  }
}

async function wake(key) {
  const item = (read(key.slice(prefix.length)) || {}).value; // none: it was sent meanwhile
  if (item && item.isPhoto) item.photo = (await onDisk("photos", "readonly", (store) => store.get(item.client))) || null;
  return item;
}

/** What earlier pages left unsent, oldest first. A photo that is gone comes with `photo: null`. */
export async function leftOver() {
  await awake;
  const items = await Promise.all(unsentKeys().map(wake));
  return items.filter(Boolean).sort((one, other) => one.at - other.at);
}

/** Up to which of its messages this device has shown the conversation to somebody; 0 where it never did. */
export function readUpTo() {
  return Number((read("read") || {}).value) || 0;
}

/** Remembers up to where it was read. */
export function saveReadUpTo(entry) {
  write("read", entry);
}

/** Forgets all that this device kept of the conversation: it was signed out. */
export function wipe() {
  unsentKeys().forEach((key) => forget(key.slice(`${prefix}unsent:`.length)));
  clearTimeout(saving);
  ["draft", "read"].forEach(erase);
  return onDisk("words", "readwrite", (store) => store.delete(`${prefix}draft`));
}

/** Half-written words survive too: old phones close pages that are out of sight. */
export function saveDraft(text) {
  const stamped = write("draft", text.slice(0, 20000));
  clearTimeout(saving);
  saving = setTimeout(writeThrough, text ? SOON : 0, "draft", stamped);
}

/** Whoever reopens a page that the server no longer knows finds their unsent words in the box of the new one. */
export function handOver() {
  const items = unsentKeys().map((key) => (read(key.slice(prefix.length)) || {}).value).filter((item) => item && item.text);
  const words = [...items.sort((one, other) => one.at - other.at).map((item) => item.text), draft()].filter(Boolean);
  try {
    sessionStorage.setItem(HANDED, words.join("\n"));
  } catch (forbidden) {
    return; // they stay where they are
  }
  items.forEach((item) => forget(item.client));
  saveDraft("");
}

function handed() {
  try {
    const words = sessionStorage.getItem(HANDED) || "";
    sessionStorage.removeItem(HANDED);
    return words;
  } catch (forbidden) {
    return "";
  }
}

/** The half-written words of last time. */
export function draft() {
  return (read("draft") || {}).value || "";
}

/** What to go on writing with. */
export function unfinished() {
  return draft() || handed();
}
