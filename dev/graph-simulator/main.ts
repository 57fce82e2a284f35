import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCertificate, writeCertificate } from '../certificate.ts';
import { parseCommandLine, usage, type Command } from './command-line.ts';
import { startGraphSimulator } from './start-graph-simulator.ts';

/** Runs the simulator until SIGINT or SIGTERM. */
async function start(command: Extract<Command, { kind: 'start' }>): Promise<void> {
  const { certificateDirectory } = command;
  const directory = certificateDirectory ?? (await mkdtemp(join(tmpdir(), 'graph-simulator-')));
  const certificate = await createCertificate();
  const { certFile } = await writeCertificate(certificate, directory);
  const removeCertificate = async () => {
    if (certificateDirectory === undefined) await rm(directory, { recursive: true, force: true });
  };
  try {
    const simulator = await startGraphSimulator({ ...command.options, certificate });
    console.log(`graph        ${simulator.url}`);
    console.log(`control      ${simulator.controlUrl}`);
    console.log(`certificate  ${certFile}  (NODE_EXTRA_CA_CERTS of the client)`);
    await new Promise<void>((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
    });
    await simulator.close();
  } finally {
    await removeCertificate();
  }
}

try {
  const command = parseCommandLine(process.argv.slice(2));
  if (command.kind === 'help') process.stdout.write(usage);
  else await start(command);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
