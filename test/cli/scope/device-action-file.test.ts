import { describe, expect, test } from 'vitest';
import { parseDeviceActions } from '../../../src/cli/scope/device-action-file.ts';

const a = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const b = '3f2504e0-4f89-41d3-9a0c-0305e82c3302';
const choices = [
  { deviceId: a, action: 'quickScan' },
  { deviceId: b, action: 'fullScan' },
];

const parse = (text: string) => parseDeviceActions('list', text, ['quickScan', 'fullScan']);

describe('a list of actions', () => {
  test.each([
    ['commas', `deviceId,action\n${a},quickScan\n${b},fullScan\n`],
    ['semicolons', `Device ID;Action\n${a};quickScan\n${b};fullScan`],
    ['tabs', `Device ID\tAction\n${a}\tquickScan\n${b}\tfullScan`],
    ['other columns, and its own in any order', `Action,Name,ID\nquickScan,x,${a}\nfullScan,,${b}`],
    [
      'a byte order mark and quotes',
      `\uFEFF"Device ID","Action"\n"${a}","quickScan"\n${b},fullScan`,
    ],
    ['capitals', `DEVICEID,ACTION\n${a.toUpperCase()},QUICKSCAN\n${b},fullscan`],
    ['empty lines', `\ndeviceId,action\n\n${a},quickScan\r\n\r\n${b},fullScan\n\n`],
  ])('can have %s', (_, text) => {
    expect(parse(text)).toEqual(choices);
  });

  const columns = 'Give the first line the columns "Device ID" and "Action".';
  test.each([
    ['nothing', '', 'list names no device: it is empty.'],
    ['only a header', 'deviceId,action\n', 'list names no device: it has only a header.'],
    [
      'no header',
      `${a},quickScan`,
      `list, line 1: no column is known to have the ids of the devices. ${columns}`,
    ],
    [
      'names for ids',
      'Device name,Action\nPC-1,quickScan',
      `list, line 1: no column is known to have the ids of the devices. ${columns}`,
    ],
    [
      'only the id of Entra ID',
      `\nAzure AD Device ID,Action\n${a},quickScan`,
      `list, line 2: the id of Entra ID is not that of Intune. ${columns}`,
    ],
    ['ids alone', `deviceId\n${a}`, `list, line 1: no column says what is done. ${columns}`],
    [
      'an id that is none',
      `deviceId,action\n${a},quickScan\nPC-1,quickScan`,
      'list, line 3: "PC-1" is no device id, which looks like 3f2504e0-4f89-41d3-9a0c-0305e82c3301.',
    ],
    [
      'an action that is none',
      `deviceId,action\n${a},wipe`,
      'list, line 2: "wipe" is no action. Use one of quickScan, fullScan.',
    ],
    [
      'no action',
      `deviceId,action\n${a}`,
      'list, line 2: "" is no action. Use one of quickScan, fullScan.',
    ],
    [
      'a device twice',
      `deviceId,action\n${a},quickScan\n${b},quickScan\n${a.toUpperCase()},fullScan`,
      'list, line 4: line 2 has this device already. Leave one of them out.',
    ],
  ])('cannot have %s', (_, text, message) => {
    expect(() => parse(text)).toThrow(message);
  });

  const many = (count: number) =>
    ['deviceId,action']
      .concat(
        Array.from(
          { length: count },
          (_, n) => `${a.slice(0, -5)}${String(n).padStart(5, '0')},quickScan`,
        ),
      )
      .join('\n');

  test('can have 5,000 devices, and no more', () => {
    expect(parse(many(5_000))).toHaveLength(5_000);
    expect(() => parse(many(5_001))).toThrow(
      'list names 5001 devices; one run takes 5000 at most. Split the file.',
    );
  });
});
