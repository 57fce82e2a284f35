import { createWriteStream } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';

/** What the app logs, kept aside while the demo has the screen. */
export interface AppLog {
  /** The file, in the system's temporary directory. */
  file: string;
  write: (line: string) => void;
  /** Writes out what is buffered; nothing can be written after it. */
  close: () => Promise<void>;
  /** The last lines of the file, after `close`. */
  tail: (lines: number) => Promise<string>;
  remove: () => Promise<void>;
}

/** Opens a log file of its own for this process. */
export function openAppLog(): AppLog {
  const file = join(tmpdir(), `fleet-sync-demo-${process.pid}.log`);
  const stream = createWriteStream(file, { mode: 0o600 });
  return {
    file,
    // A stopping host may still have a word to say when nobody listens any more.
    write: (line) => {
      if (!stream.writableEnded) stream.write(`${line}\n`);
    },
    close: async () => {
      stream.end();
      await finished(stream);
    },
    tail: async (lines) => {
      const text = await readFile(file, 'utf8');
      return text.trimEnd().split('\n').slice(-lines).join('\n');
    },
    remove: () => rm(file, { force: true }),
  };
}
