/** What became of a command that reached Intune's device actions. */
export type CommandResult = 'accepted' | 'notFound' | 'notSupported' | 'failed';

/** A command to one device. Throttled and refused requests never become one. */
export interface DeviceCommand {
  /** Milliseconds since 1970. */
  at: number;
  /** `syncDevice`, or an action of Configuration Manager such as `refreshMachinePolicy`. */
  command: string;
  /** Where it was sent: `managedDevices`, `comanagedDevices` or `executeAction`. */
  through: string;
  result: CommandResult;
}

/** The latest commands of the fleet. */
export interface CommandLog {
  add(index: number, command: DeviceCommand): void;
  /** Those of one device, oldest first. */
  of(index: number): DeviceCommand[];
}

/**
 * Keeps the latest `capacity` commands in a ring, so that a fleet of a million needs no more memory
 * than a small one. Looking a device up goes through all of them: that is for tests, not for runs.
 */
export function createCommandLog(capacity = 200_000): CommandLog {
  const ring: { index: number; command: DeviceCommand }[] = [];
  let oldest = 0;
  return {
    add(index, command) {
      if (ring.length < capacity) {
        ring.push({ index, command });
        return;
      }
      ring[oldest] = { index, command };
      oldest = (oldest + 1) % capacity;
    },
    of: (index) =>
      [...ring.slice(oldest), ...ring.slice(0, oldest)]
        .filter((entry) => entry.index === index)
        .map(({ command }) => command),
  };
}
