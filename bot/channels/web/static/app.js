// The page as an app: a worker keeps its unchanging parts, and a newer program is taken up when nothing is lost by it.

const box = document.getElementById("text");
const recorder = document.getElementById("recorder");

function renewWhenIdle() {
  const isBusy = (box.value && !document.hidden) || !recorder.hidden; // in the middle of a sentence
  if (isBusy) return setTimeout(renewWhenIdle, 5000);
  return window.location.reload();
}

/** Keeps the shell, where the browser can and the line is safe enough for it to be allowed to. */
export async function start() {
  if (!("serviceWorker" in navigator)) return;
  const hadOne = Boolean(navigator.serviceWorker.controller);
  navigator.serviceWorker.addEventListener("controllerchange", () => hadOne && renewWhenIdle());
  try {
    await navigator.serviceWorker.register("/worker.js");
  } catch (forbidden) {
    // it works without, as long as there is a network
  }
}

/** Looks for a newer program: a page on a phone may stay open for weeks. */
export async function lookForNewer() {
  if (!navigator.serviceWorker || !navigator.serviceWorker.controller) return;
  try {
    await (await navigator.serviceWorker.ready).update();
  } catch (unreachable) {
    // the next time
  }
}
