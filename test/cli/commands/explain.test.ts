import { describe, expect, test } from 'vitest';
import { findAppInstallError } from '../../../src/core/app-install-errors.ts';
import { callCli, jsonOf } from '../support/call-cli.ts';

/** Without an app, a key, or anything else that is configured. */
const explain = (...args: string[]) =>
  callCli({ url: '' }, ['explain', ...args], {
    env: {},
    fetch: () => Promise.reject(new Error('Nobody is asked.')),
  });

describe('an explained code', () => {
  test.each(['2016330897', '-2016330897', '2278636399', '0x87D13B6F', '87d13b6f'])(
    '%s has its facts, each on a line',
    async (code) => {
      expect(await explain(code)).toMatchObject({
        exitCode: 0,
        stderr: '',
        stdout: `  code         2016330897 (-2016330897, 0x87D13B6F)
  platforms    iOS, iPadOS, android
  description  The connection to Intune timed out.
  retryable    yes, a sync tries it again at once
  remedy       Have the device connect again, over another network if there is one, then sync it.
`,
      });
    },
  );

  test('that a sync does not help says so', async () => {
    const { stdout } = await explain('-2016330892');
    expect(stdout).toContain('  retryable    no, not by a sync\n');
  });

  test.each([
    ['before', ['--json', '-2016330892']],
    ['behind', ['-2016330892', '--json']],
  ])('with --json %s it is a document', async (_, args) => {
    expect(jsonOf(await explain(...args))).toEqual(findAppInstallError('2016330892'));
  });

  test.each(['0x87D13B9E', '-1', 'unknown'])('%s is not known: exit code 2', async (code) => {
    const message =
      `${code} is not an app-install error of which it is known what a sync does. ` +
      'Those are 2016330888 to 2016330898, each also as a negative number (-2016330898) or ' +
      'hexadecimal (0x87D13B6E, 87d13b6e).';
    expect(await explain(code)).toMatchObject({ exitCode: 2, stdout: '', stderr: `${message}\n` });
    expect(jsonOf(await explain(code, '--json'))).toEqual({ error: { message, exitCode: 2 } });
  });

  test('cannot be left out', async () => {
    expect(await explain()).toMatchObject({ exitCode: 2, stdout: '' });
  });
});
