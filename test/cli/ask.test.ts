import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { askLine } from '../../src/cli/ask.ts';

function aTerminal() {
  const controller = new AbortController();
  const input = new PassThrough();
  const output = new PassThrough();
  const terminal = {
    ...{ input, output, signal: controller.signal },
    onInterrupt: () => controller.abort(),
  };
  return { input, output, controller, answer: askLine('Sure? ', terminal) };
}

test('a question is written, and its answer is one line', async () => {
  const { input, output, answer } = aTerminal();
  input.write('yes\nno\n');
  expect(await answer).toBe('yes');
  expect(String(output.read())).toBe('Sure? ');
});

test('the end of the input is no answer', async () => {
  const { input, answer } = aTerminal();
  input.end();
  expect(await answer).toBe('');
});

test('Ctrl+C ends the question', async () => {
  const { controller, answer } = aTerminal();
  controller.abort();
  await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
});
