import { Worker } from 'node:worker_threads';

/** How often the host's process is looked for. */
const LOOK_EVERY_MS = 1_000;

/*
 * Run by the thread. An orphan gets another parent at once, so its parent's id changes. SIGKILL,
 * because a process whose main thread hangs answers nothing else.
 */
const LOOK = `
  const { workerData: host } = require('node:worker_threads');
  setInterval(() => {
    if (process.ppid !== host) process.kill(process.pid, 'SIGKILL');
  }, ${LOOK_EVERY_MS});
`;

/**
 * Ends this process when the host's process is gone and the app keeps the main thread too busy to
 * notice by itself: an endless loop would otherwise go on for ever, unseen.
 */
export function watchHost(): void {
  // Taken here and not by the thread: on a busy machine the host may be gone before that one begins.
  new Worker(LOOK, { eval: true, workerData: process.ppid }).unref();
}
