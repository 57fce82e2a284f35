const TWO_TO_31 = 0x8000_0000;
const TWO_TO_32 = 0x1_0000_0000;

/**
 * Reads a Windows-style error code (HRESULT: 32 bits, of which the highest one says failure) in any
 * of the forms in which Intune and its tools show the same one:
 *
 * - hexadecimal, `0x87D13B6E` or `87d13b6e`: the 32 bits
 * - negative, `-2016330898`: the bits as a signed number, 0x87D13B6E - 2^32
 * - positive, `2016330898`: the signed number without its sign, as Microsoft's pages print it
 * - unsigned, `2278636398`: the bits as an unsigned number
 *
 * Eight digits without a letter are decimal.
 *
 * @returns the signed number, which is negative, or `undefined` for text of another form
 */
export function parseHresult(text: string): number | undefined {
  const trimmed = text.trim();
  const isDecimal = /^-?\d+$/.test(trimmed);
  const digits = /^(?:0x)?([0-9a-f]{8})$/i.exec(trimmed)?.[1];
  if (!isDecimal && digits === undefined) return undefined;
  const value = isDecimal ? Math.abs(Number(trimmed)) : Number.parseInt(digits ?? '', 16);
  const end = trimmed.startsWith('-') ? TWO_TO_31 + 1 : TWO_TO_32;
  if (value === 0 || value >= end) return undefined;
  return value <= TWO_TO_31 ? -value : value - TWO_TO_32;
}

/** The 32 bits of a signed HRESULT as Intune shows them: `0x87D13B6E`. */
export function formatHresult(signed: number): string {
  return `0x${(signed >>> 0).toString(16).toUpperCase().padStart(8, '0')}`;
}
