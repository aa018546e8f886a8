// The page of the parts that measure whole libraries: opens one, and runs it on frames that the bench asks for.
import { openLibrary } from './libraries/openLibrary.js';
import { movingFrames } from './movingFrames.js';

/** @typedef {import('./libraries/openVisavis.js').Mode} Mode */

const PICTURE = '/faces/person01-a-front.jpg';
const FRAMES = 16;

/** @type {import('./libraries/openVisavis.js').Library} */
let library;
/** @type {HTMLCanvasElement[]} */
let frames;
let turn = 0;

/** The bench's own work, done before anything is measured. */
async function prepare() {
  frames = await movingFrames(PICTURE, FRAMES);
}

/** Loads a library up to its first result. @param {string} name */
async function open(name) {
  library = await openLibrary(name);
  await library.embed(frames[0], 'anew');
  return library.build;
}

/** @param {Mode} mode @param {number} runs @returns {Promise<number[]>} milliseconds from each frame to its embedding */
async function run(mode, runs) {
  const times = [];
  for (let i = 0; i < runs; i++) {
    const frame = frames[++turn % FRAMES];
    const began = performance.now();
    const embedding = await library.embed(frame, mode);
    times.push(performance.now() - began);
    if (!(embedding.length >= 128 && Number.isFinite(embedding[0]))) throw new Error(`the embedding has ${embedding.length} values`);
  }
  return times;
}

/** @type {MediaStream | undefined} */
let stream;
/** @type {HTMLVideoElement} */
let video;

async function openCamera() {
  stream = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 480 } });
  video = Object.assign(document.createElement('video'), { srcObject: stream, muted: true, playsInline: true });
  document.body.append(video);
  await video.play();
}

/**
 * Runs frame after frame, each as soon as the last one is answered.
 * @param {Mode} mode
 * @param {number} seconds
 * @returns {Promise<number>} how many
 */
async function live(mode, seconds) {
  const end = performance.now() + seconds * 1000;
  let count = 0;
  while (performance.now() < end) {
    await new Promise((resolve) => video.requestVideoFrameCallback(resolve));
    await library.embed(video, mode);
    count++;
  }
  return count;
}

function closeCamera() {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

/** The library's own count of its memory. */
const memory = () => library.memory();

Object.assign(window, { bench: { prepare, open, run, openCamera, live, closeCamera, memory } });
