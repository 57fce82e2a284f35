import { createInterface } from 'node:readline/promises';
import type { Readable, Writable } from 'node:stream';

/** Where a question goes and its answer comes from. */
export interface Terminal {
  input: Readable;
  output: Writable;
  /** Ends the question; it then rejects. */
  signal: AbortSignal;
  /** Called on Ctrl+C: while a question is open, the terminal sends no SIGINT. */
  onInterrupt: () => void;
}

/** Asks for one line. An input that ends without one answers with nothing. */
export async function askLine(question: string, terminal: Terminal): Promise<string> {
  const { input, output, signal, onInterrupt } = terminal;
  const lines = createInterface({ input, output });
  lines.on('SIGINT', onInterrupt);
  const closed = new Promise<string>((resolve) => lines.once('close', () => resolve('')));
  try {
    return await Promise.race([lines.question(question, { signal }), closed]);
  } finally {
    lines.close();
  }
}
