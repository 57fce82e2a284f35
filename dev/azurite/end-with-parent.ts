/**
 * Preloaded into a child process (`--import`): ends it when its parent is gone, also after a
 * SIGKILL that left the parent no time to clean up. The operating system closes the IPC channel
 * then, which is the one sign of a parent's death that cannot be missed.
 */
process.on('disconnect', () => {
  process.exit(0);
});

export {};
