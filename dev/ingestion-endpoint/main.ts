import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCertificate, writeCertificate, type Certificate } from '../certificate.ts';
import { fileOption, integerOption } from '../command-line/option.ts';
import { runCommand } from '../command-line/run-command.ts';
import { untilAborted } from '../command-line/until-aborted.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { startIngestionEndpoint } from './ingestion-endpoint.ts';

await runCommand({
  call: 'node dev/ingestion-endpoint/main.ts',
  summary:
    'Takes in what Application Insights SDKs post, and prints each metric and event. The first\n' +
    'lines are the variables that the posting process has to start with. Runs until Ctrl+C.',
  options: {
    port: integerOption(
      { placeholder: 'N', help: 'port; 0 takes a free one', fallback: 0 },
      { min: 0, max: 65_535 },
    ),
    cert: fileOption('a certificate (PEM) to show instead of a new one; needs --key'),
    key: fileOption('the private key (PEM) of --cert'),
  },
  run: async ({ port, cert, key }, signal) => {
    const directory = await mkdtemp(join(tmpdir(), 'fleet-sync-ingestion-'));
    try {
      const certificate = await takeCertificate(cert, key);
      const { certFile } = await writeCertificate(certificate, directory);
      const endpoint = await startIngestionEndpoint({
        certificate,
        port,
        onMetric: ({ name, value, count, properties }) =>
          console.log(`metric ${name} ${value} (count ${count}) ${JSON.stringify(properties)}`),
        onEvent: ({ name, properties }) =>
          console.log(`event ${name} ${JSON.stringify(properties)}`),
      });
      console.log(`APPLICATIONINSIGHTS_CONNECTION_STRING=${endpoint.connectionString}`);
      console.log(`NODE_EXTRA_CA_CERTS=${certFile}`);
      await untilAborted(signal);
      await endpoint.close();
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
    return 0;
  },
});

/** Reads the given certificate, or makes one. */
async function takeCertificate(cert?: string, key?: string): Promise<Certificate> {
  if (cert === undefined && key === undefined) return createCertificate();
  if (cert === undefined || key === undefined) {
    throw new UsageError('--cert and --key belong together: give both or neither.');
  }
  const read = (name: string, file: string) =>
    readFile(file, 'utf8').catch((cause: unknown) => {
      throw new UsageError(`--${name} ${file} cannot be read.`, { cause });
    });
  return { cert: await read('cert', cert), key: await read('key', key) };
}
