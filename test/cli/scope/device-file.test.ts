import { describe, expect, test } from 'vitest';
import { parseDeviceFile } from '../../../src/cli/scope/device-file.ts';

const a = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const b = '3F2504E0-4F89-41D3-9A0C-0305E82C3302';
const ids = { field: 'deviceIds', values: [a, b] };
const names = { field: 'deviceNames', values: ['PC-1', 'PC-2'] };

const parse = (text: string) => parseDeviceFile('list', text);

describe('a list of devices', () => {
  test.each([
    ['one id per line', `${a}\n${b}\n`, ids],
    ['one name per line', 'PC-1\nPC-2', names],
    ['Windows line ends', `${a}\r\n${b}\r\n`, ids],
    ['old Mac line ends', `${a}\r${b}`, ids],
    ['a byte order mark', `\uFEFF${a}\n${b}`, ids],
    ['empty lines and spaces', `\n\n  ${a}  \n \n${b}\n\n`, ids],
    ['quotes', `"${a}"\n"${b}"`, ids],
    [
      'the same device twice',
      `${a}\n${a.toUpperCase()}\n${b}`,
      { ...ids, values: [a.toUpperCase(), b] },
    ],
    ['an id column', `deviceId\n${a}\n${b}`, ids],
    ['the header of an Intune export', `Device ID,Device name\n${a},PC-1\n${b},PC-2`, ids],
    ['the header id', `id;name\n${a};x\n${b};y`, ids],
    ['semicolons', `Device name;Device ID\nPC-1;${a}\nPC-2;${b}\n`, ids],
    ['tabs', `Device name\tDevice ID\nPC-1\t${a}\nPC-2\t${b}`, ids],
    ['underscores and capitals', `DEVICE_ID\n${a}\n${b}`, ids],
    [
      'a header with a byte order mark and quotes',
      `\uFEFF"Device ID","x"\n"${a}","1"\n"${b}","2"`,
      ids,
    ],
    ['names', 'deviceName,os\nPC-1,Windows\nPC-2,Windows', names],
    ['serial numbers', 'Serial number\nS1\nS2', { field: 'serialNumbers', values: ['S1', 'S2'] }],
    ['ids before names', `Device name,Azure AD Device ID,Device ID\nx,y,${a}\nx,y,${b}`, ids],
    [
      'serial numbers before names',
      'Device name,Serial number\nx,S1',
      { field: 'serialNumbers', values: ['S1'] },
    ],
    [
      'a comma and quotes in a name',
      'name,os\n"Ann, ""home""",iOS',
      { field: 'deviceNames', values: ['Ann, "home"'] },
    ],
    ['a line break in another column', `note,id\n"two\nlines",${a}\nx,${b}`, ids],
    ['empty cells elsewhere', `note,id\n,${a}\n,${b}`, ids],
    [
      'a name with a quote inside',
      'Bob 27" screen',
      { field: 'deviceNames', values: ['Bob 27" screen'] },
    ],
    ['a name with a comma, quoted', '"Ann, iPad"', { field: 'deviceNames', values: ['Ann, iPad'] }],
  ])('can have %s', (_, text, list) => {
    expect(parse(text)).toEqual(list);
  });

  test.each([
    ['nothing', '', 'list names no device: it is empty.'],
    ['only empty lines', '\n \r\n', 'list names no device: it is empty.'],
    ['only a header', 'Device ID,Name\n', 'list names no device: it has only a header.'],
    [
      'an id that is none',
      `Device ID\n${a}\n\nPC-1`,
      'list, line 4: "PC-1" is no device id, which looks like 3f2504e0-',
    ],
    ['an id cut short', `${a}\n${a.slice(0, -1)}`, 'list, line 2: "'],
    ['an unclosed quote', `Device ID\n"${a}`, `list, line 2: ""${a}" is no device id`],
    ['an empty id', `name,id\nPC-1,${a}\nPC-2,`, 'list, line 3: the column id is empty.'],
    [
      'a row that is too short',
      `name,id\nPC-1,${a}\nPC-2`,
      'list, line 3: the column id is empty.',
    ],
    ['an error behind a cell of two lines', `note,id\n"1\n2",${a}\nx,y`, 'list, line 4: "y" is no'],
    [
      'ids among names',
      `PC-1\n${a}`,
      'list, line 2: this is an id, but the list begins with a name.',
    ],
    ['names among ids', `${a}\nPC-1`, 'list, line 2: "PC-1" is no device id'],
    ['a pattern', 'PC-1\n*\n', 'list, line 2: "*" is a pattern, not a device. Use --device-name'],
    ['a pattern in a column', 'Device name\nPC-*', 'list, line 2: "PC-*" is a pattern'],
    [
      'columns without a header',
      `PC-1,${a}`,
      'list, line 1: no column is known to name the devices. Give the first line a column "Device ID"',
    ],
    [
      'only the id of Entra ID',
      `Azure AD Device ID\n${a}`,
      'list, line 1: the id of Entra ID is not that of Intune.',
    ],
    [
      'only the id of Entra ID among others',
      `User,Entra Device ID\nx,${a}`,
      'the id of Entra ID is not that of Intune.',
    ],
  ])('cannot have %s', (_, text, message) => {
    expect(() => parse(text)).toThrow(message);
  });

  const many = (count: number) =>
    Array.from({ length: count }, (_, n) => a.slice(0, -5) + String(n).padStart(5, '0')).join('\n');

  test('can have 10,000 devices, and no more', () => {
    expect(parse(many(10_000)).values).toHaveLength(10_000);
    expect(() => parse(many(10_001))).toThrow(
      'list names 10001 devices; one run takes 10000 at most.',
    );
  });
});
