// Speaking instead of writing: tap to record, tap to stop, listen, send. Hidden where a browser cannot record.

import { player } from "./recordings.js";
import { keepingEnd } from "./scroll.js";
import { say } from "./texts.js";

const MOST = 180; // seconds
const KINDS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
const SPEECH = 24000; // bits per second: plain to understand, three minutes in half a megabyte
const [start_, panel, line, said, time, heard, stop_, send_, again, cancel, note] = [
  "record",
  "recorder",
  "composer-line",
  "recorder-said",
  "recorder-time",
  "recorder-heard",
  "recorder-stop",
  "recorder-send",
  "recorder-again",
  "recorder-cancel",
  "note",
].map((id) => document.getElementById(id));
let recorder = null; // while it records
let blob = null; // what was recorded and not sent yet
let address = "";
let ticking = 0;
let since = 0;

function kind() {
  return KINDS.find((each) => MediaRecorder.isTypeSupported(each));
}

function canRecord() {
  return Boolean(window.MediaRecorder && navigator.mediaDevices && navigator.mediaDevices.getUserMedia && kind());
}

/** "1:05" */
function clock(seconds) {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
}

function elapsed() {
  return (Date.now() - since) / 1000;
}

function show(isRecording) {
  keepingEnd(() => {
    panel.hidden = false;
    line.hidden = true;
    panel.classList.toggle("live", isRecording);
    stop_.hidden = !isRecording;
    send_.hidden = again.hidden = isRecording;
    note.textContent = "";
  });
}

function close() {
  recorder = blob = null;
  if (address) URL.revokeObjectURL(address);
  address = heard.textContent = said.textContent = time.textContent = "";
  keepingEnd(() => {
    panel.hidden = true;
    line.hidden = false;
  });
}

function complain(name) {
  close();
  note.classList.add("problem");
  keepingEnd(() => {
    note.textContent = say(name);
  });
  start_.focus();
}

function tick() {
  time.textContent = clock(elapsed());
  if (elapsed() >= MOST) stop();
}

function stop() {
  clearInterval(ticking);
  if (recorder && recorder.state !== "inactive") recorder.stop();
}

/** Throws away what is being recorded, or was. */
function drop() {
  if (recorder) recorder.onstop = null;
  stop();
  if (recorder) release(recorder.stream);
  close();
}

function release(stream) {
  stream.getTracks().forEach((track) => track.stop()); // the light beside the camera goes out
}

function listen(pieces, seconds, stream) {
  release(stream);
  recorder = null;
  blob = new Blob(pieces, { type: kind() });
  if (!blob.size || seconds < 0.5) return complain("record_nothing");
  show(false);
  address = URL.createObjectURL(blob);
  said.textContent = say("recorded", { time: clock(seconds) });
  time.textContent = "";
  heard.append(player(address, said.textContent));
  return send_.focus();
}

function record(stream) {
  const pieces = [];
  recorder = new MediaRecorder(stream, { mimeType: kind(), audioBitsPerSecond: SPEECH });
  recorder.ondataavailable = (event) => event.data.size && pieces.push(event.data);
  recorder.onstop = () => listen(pieces, elapsed(), stream);
  recorder.start(1000); // piece by piece: a phone that runs out of memory has kept what was said
  since = Date.now();
  said.textContent = say("recording", { most: clock(MOST) });
  ticking = setInterval(tick, 250);
  show(true);
  tick();
  stop_.focus();
}

async function begin() {
  close();
  start_.disabled = true;
  try {
    record(await navigator.mediaDevices.getUserMedia({ audio: true }));
  } catch (denied) {
    complain("record_denied");
  } finally {
    start_.disabled = false;
  }
}

function submit(send) {
  const name = `${kind().replace(/;.*/, "").replace("/", ".")}`;
  const photo = blob;
  close();
  send({ photo, name, sound: true });
  start_.focus();
}

/** Starts the button. `send` is given {photo, name, sound}: a recording is kept and sent as a photo is. */
export function start(send) {
  if (!canRecord()) return;
  start_.hidden = false;
  start_.addEventListener("click", begin);
  again.addEventListener("click", begin);
  stop_.addEventListener("click", stop);
  send_.addEventListener("click", () => submit(send));
  cancel.addEventListener("click", () => {
    drop();
    start_.focus();
  });
  window.addEventListener("pagehide", () => recorder && drop());
}
