import { Argument } from 'commander';
import { appInstallErrors, findAppInstallError } from '../../core/app-install-errors.ts';
import type { AddCommand } from '../command.ts';
import { UsageError } from '../errors.ts';
import { exitCodes } from '../exit-code.ts';
import { renderAppInstallError } from '../render/app-install-error.ts';

/** `explain CODE`: an error of an app install. It asks nobody, so it needs no app and no key. */
export const addExplain: AddCommand = (program, perform) => {
  program
    .command('explain')
    .description('say why an app did not install, and whether a sync tries it again')
    .addArgument(new Argument('<code>', 'as Intune shows it, for example -2016330898'))
    .action(
      perform((session, code: string) => {
        const error = findAppInstallError(code);
        if (error === undefined) throw unknownCode(code);
        session.result(error, renderAppInstallError);
        return Promise.resolve(exitCodes.done);
      }),
    );
};

function unknownCode(code: string): UsageError {
  const codes = appInstallErrors.map((error) => error.code);
  return new UsageError(
    `${code} is not an app-install error of which it is known what a sync does. ` +
      `Those are ${Math.min(...codes)} to ${Math.max(...codes)}, each also as a negative number ` +
      '(-2016330898) or hexadecimal (0x87D13B6E, 87d13b6e).',
  );
}
