import { UsageError } from '../errors.ts';

const pattern = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Whether a text has the form of the id by which Intune knows a device. */
export function isDeviceId(text: string): boolean {
  return pattern.test(text);
}

/** @param place the file and the line, for the message */
export function noDeviceId(place: string, value: string): UsageError {
  return new UsageError(
    `${place}: "${value}" is no device id, which looks like 3f2504e0-4f89-41d3-9a0c-0305e82c3301.`,
  );
}
