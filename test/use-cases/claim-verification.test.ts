import { describe, expect, it } from 'vitest';
import { claimVerification, endVerification } from '../../src/use-cases/claim-verification.ts';
import { aRunId, startOfTest as now } from '../support/factories.ts';
import { World } from './support/world.ts';

const due = { dueAt: now, failures: 0, reportAttempts: 0 };
const ended = { status: 'completed', verification: [due] } as const;

describe('a delivery that lost its claim of a look', () => {
  it('changes nothing with what it found: another one is at it', async () => {
    const world = await World.of(ended);
    await claimVerification(world, aRunId, 'slow');
    world.pass(90_000);
    await claimVerification(world, aRunId, 'fast');
    const before = await world.run();
    await endVerification(world, aRunId, 'slow', () => ({ verification: [] }));

    expect(before).toMatchObject({ verifiedBy: 'fast', verifyAliveAt: now + 90_000 });
    expect(await world.run()).toEqual(before);
  });
});

describe('a delivery that has the claim', () => {
  it('gives it up with what it found', async () => {
    const world = await World.of(ended);
    await claimVerification(world, aRunId, 'fast');
    await endVerification(world, aRunId, 'fast', () => ({ verification: [] }));

    const { verification, verifiedBy, verifyAliveAt } = await world.run();
    expect({ verification, verifiedBy, verifyAliveAt }).toEqual({ verification: [] });
  });
});
