// A worker that ticks twice a second: timers of a hidden page are slowed down, those of its workers are not.

const BEAT_MS = 500;

setInterval(() => postMessage(0), BEAT_MS);
