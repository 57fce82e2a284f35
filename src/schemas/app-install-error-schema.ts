import { z } from 'zod';

/** The catalogue of app-install errors as the API shows it. */
export const appInstallErrorsSchema = z
  .strictObject({
    value: z.array(
      z.strictObject({
        code: z.int(),
        signedCode: z.int(),
        hex: z.string(),
        platforms: z.array(z.string()),
        description: z.string(),
        retryable: z.boolean(),
        remedy: z.string(),
      }),
    ),
  })
  .meta({ id: 'AppInstallErrors' });
