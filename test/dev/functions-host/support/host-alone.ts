import { startFunctionsHost } from '../../../../dev/functions-host/index.ts';

// A host with two instances in a process of its own, for a test that kills it.
const [, , appDirectory = ''] = process.argv;
const host = await startFunctionsHost({ appDirectory, instances: 2 });
const pids = host.instances().map((instance) => instance.pid);
console.log(`pids ${pids.join(' ')}`);
