/**
 * Text of the app, or of a device's owner, without what could steer a terminal or reverse the order
 * of what is read: control characters (line breaks among them) and bidirectional marks.
 */
export function plainText(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Bidi_Control}]+/gu, ' ');
}
